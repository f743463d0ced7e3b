import { db } from '../db/client';
import { hasDesk, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { siteOrigin } from '../site-origin';
import { MAIL_EVENTS_PATH } from './mail-events';
import { mailEventsToken } from './tokens';

/** How many addresses follow the blog, and how; how many do not any more, or not yet. */
export type FollowersView = {
  instant: number; daily: number; weekly: number;
  /** Asked, and have not answered. */
  waiting: number;
  left: number; bounced: number; complained: number;
  /** Came by a list. */
  imported: number;
  /** How many are told of comments on some post. */
  ofComments: number;
  mailsWholePosts: boolean;
  /** Where the owner's mail service is to tell what came of mails. */
  eventsAddress: string;
  /** Where a test goes; null where the owner has proven no address. */
  ownAddress: string | null;
};

/** Whether the actor may see and change who follows the blog. */
export const mayHaveFollowers = (actor: Actor): actor is Person => hasDesk(actor) && isOwner(actor);

/** The followers in numbers, for the owner; null for everybody else. */
export async function findFollowers(viewer: Actor): Promise<FollowersView | null> {
  if (!mayHaveFollowers(viewer)) return null;
  const [counts, site, owner] = await Promise.all([
    db().$queryRaw<Omit<FollowersView, 'mailsWholePosts' | 'ownAddress' | 'eventsAddress'>[]>`
      SELECT count(*) FILTER (WHERE is_on AND posts = 'instant')::int AS instant, count(*) FILTER (WHERE is_on AND posts = 'daily')::int AS daily, count(*) FILTER (WHERE is_on AND posts = 'weekly')::int AS weekly,
        count(*) FILTER (WHERE "confirmedAt" IS NULL AND "leftAt" IS NULL)::int AS waiting, count(*) FILTER (WHERE "leftAt" IS NOT NULL AND "confirmedAt" IS NULL OR "confirmedAt" IS NOT NULL AND posts IS NULL AND "postsSince" IS NOT NULL)::int AS left,
        count(*) FILTER (WHERE "pauseReason" = 'bounced')::int AS bounced, count(*) FILTER (WHERE "pauseReason" = 'complained')::int AS complained,
        count(*) FILTER (WHERE is_on AND "importedFrom" IS NOT NULL AND posts IS NOT NULL)::int AS imported,
        count(*) FILTER (WHERE is_on AND EXISTS (SELECT FROM "ThreadSubscription" t WHERE t."subscriberId" = s.id))::int AS "ofComments"
      FROM (SELECT *, "confirmedAt" IS NOT NULL AND "pausedAt" IS NULL AND email IS NOT NULL AS is_on FROM "Subscriber") s`,
    db().site.findFirst({ select: { mailsWholePosts: true } }),
    db().user.findUnique({ where: { id: viewer.userId }, select: { email: true, emailVerified: true } }),
  ]);
  return { ...counts[0]!, mailsWholePosts: site?.mailsWholePosts ?? false, eventsAddress: `${siteOrigin()}${MAIL_EVENTS_PATH}/${mailEventsToken()}`, ownAddress: owner?.emailVerified ? owner.email : null };
}
