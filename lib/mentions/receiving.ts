import { parseDiscussionPlace } from '../comments/rules';
import { changing } from '../db/change';
import { db } from '../db/client';
import { textHash } from '../identity/tokens';
import { sendJob } from '../jobs';
import { networkOf } from '../network';
import { findLegacyTarget } from '../posts/old-addresses';
import { closingColumns, takesMentions } from '../posts/rules';
import { parseSlug } from '../posts/schema';
import { countOne, type Limit } from '../rate-limit';
import { fail, ok, type Failure, type Result } from '../result';
import { findSite } from '../site/queries';
import { siteOrigin } from '../site-origin';
import { t } from '../words/t';
import { readTold } from './rules';
import type { MentionJob } from './schema';

const TEN_MINUTES = 10 * 60;
/** What one sender may tell of within ten minutes, taken or not: a page that is slow to answer holds one of the few hands that ask. */
export const SENDER_LIMIT: Limit = { name: 'webmention-sender', most: 20, seconds: TEN_MINUTES };
/** What may be told within ten minutes of pages of one site: each of them is asked for. */
export const SOURCE_LIMIT: Limit = { name: 'webmention-source', most: 30, seconds: TEN_MINUTES };

async function refusalOfPace(limit: Limit, key: string): Promise<Failure | null> {
  const { retryAfterSeconds } = await countOne(limit, key);
  return retryAfterSeconds === null ? null : fail('too-many', t('comments.webmention.tooMany', { minutes: Math.ceil(retryAfterSeconds / 60) }), { retryAfterSeconds });
}

/** The slug of the post at an address of this blog, whatever part of its discussion is meant; null for anything else. */
function slugAt(path: string): string | null {
  const [, posts, slug, comments, ...place] = path.replace(/\/$/, '').split('/');
  if (posts !== 'posts' || slug === undefined) return null;
  return comments === undefined || (comments === 'comments' && parseDiscussionPlace(place)) ? parseSlug(slug) : null;
}

const columns = { id: true, status: true, ...closingColumns } as const;
const postBySlug = (slug: string | null) => (slug === null ? null : db().post.findUnique({ where: { kind_slug: { kind: 'post', slug } }, select: columns }));

/** The post at an address of this blog, an old one included. */
async function postAt({ pathname, searchParams }: URL, now: Date) {
  const found = await postBySlug(slugAt(pathname));
  if (found) return found;
  const place = await findLegacyTarget(pathname, Object.fromEntries(searchParams), now);
  return place === null ? null : postBySlug(slugAt(place.split(/[?#]/, 1)[0] ?? ''));
}

/**
 * Takes what another site tells of: that its page `source` links to our `target`. Nothing is asked of that site before this is
 * answered; a job does it (lib/mentions/commands.ts). `ip`: the sender's address.
 * Refuses: `too-many` with the seconds to wait, by the sender's network and by the source's host; `malformed` as readTold, and
 * where the target is no post that takes mentions: a draft, a locked one and one that is not there are all the same.
 * Source: https://www.w3.org/TR/webmention/, 3.2.
 */
export async function receiveMention(sent: Readonly<Record<'source' | 'target', unknown>>, ip: string, now: Date): Promise<Result> {
  const bySender = await refusalOfPace(SENDER_LIMIT, networkOf(ip));
  if (bySender) return bySender;
  const origin = siteOrigin();
  const told = readTold(sent, origin);
  if (!told.ok) return told;
  const { source, target } = told.value;
  const post = await postAt(target, now);
  if (!post || !takesMentions(post, await findSite(), now)) return fail('malformed', t('comments.webmention.takesNone'));
  const bySource = await refusalOfPace(SOURCE_LIMIT, source.host);
  if (bySource) return bySource;
  const job: MentionJob = { source: source.href, target: target.href, post: post.id, origin };
  return changing(async (tx) => {
    await sendJob(tx, 'webmention', job, { singletonKey: textHash(`${post.id}\0${source.href}\0${target.href}`) });
    return ok();
  });
}
