import type { Tx } from '../db/client';
import { Prisma } from '../db/generated/client';
import type { Actor } from '../identity/schema';
import { NOTHING_NOTICED, type Noticed } from '../moderation/screening';
import { detailKindsIn } from '../text/private-details';
import { disposableDomainOf } from './disposable-mail';
import { findFlood } from './flood';
import { readFormToken } from './form-token';
import type { BusyNetwork } from './limits';
import type { Writer } from './pseudonyms';
import type { SentForm } from './schema';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Sooner after a form was opened nobody has typed a comment into it. */
export const SOONEST_SECONDS = 3;
/** Of a writer's comments of so many days… */
export const REFUSALS_DAYS = 7;
/** …this many at least, and such a share of them, were not published. */
export const REFUSALS_COMMENTS = 2;
export const REFUSALS_SHARE = 0.3;
/** Within so many days the same text counts as the same. */
export const SAME_TEXT_DAYS = 30;
/** What is shorter than so many characters anybody may say again: “Thank you!” */
export const SAME_TEXT_CHARACTERS = 20;

/** How a comment came. `form`: null where it was not sent from the box of a page. */
export type Arrival = { form: SentForm | null; busyNetwork: BusyNetwork | null; akismet: Noticed['akismet']; now: Date; /** It is what a page of another site says. */ isMention?: boolean };

type Sent = { postId: string; writer: Writer; source: string; came: Arrival };

/**
 * What is noticed about how a comment came, by whom, and what it resembles. A step of the command that submits it.
 * Of who writes under a pseudonym nothing is noticed but what is so for everybody at this moment, the form, and the text.
 */
export async function noticedOf(tx: Tx, sent: Sent, { actor, isStaff }: { actor: Actor; isStaff: boolean }): Promise<Noticed> {
  const { postId, writer, source, came: { form, busyNetwork, akismet, now, isMention = false } } = sent;
  if (isStaff) return NOTHING_NOTICED;
  const isGuest = actor.kind === 'guest';
  const flood = await findFlood(tx, postId, now);
  const common: Noticed = { ...NOTHING_NOTICED, isMention, ...noticedOfForm(form, postId, isGuest, now), flood, details: detailKindsIn(source) };
  if (writer.pseudonymId !== null) return common;
  return {
    ...common,
    akismet,
    busyNetwork: isGuest ? busyNetwork : null,
    refusals: await refusalsOf(tx, writer, now),
    sameTextPosts: await countSameText(tx, postId, source, now),
    disposableDomain: await disposableDomainOf((isGuest ? writer.email : actor.email) ?? ''),
  };
}

/** Only of a guest is it asked whether a machine has filled it in. */
function noticedOfForm(form: SentForm | null, postId: string, isGuest: boolean, now: Date): Pick<Noticed, 'isTrapped' | 'isForeignForm' | 'tooFastSeconds'> {
  if (form === null) return { isTrapped: false, isForeignForm: false, tooFastSeconds: null };
  const ours = readFormToken(form.token, postId, now);
  const seconds = ours?.seconds ?? form.seconds;
  return {
    isTrapped: isGuest && form.trap.trim() !== '',
    isForeignForm: ours === null,
    tooFastSeconds: isGuest && seconds !== null && seconds < SOONEST_SECONDS ? seconds : null,
  };
}

/** Of a person's comments, or a guest's with this address, how many a person has refused of late; null where they are few. */
async function refusalsOf(tx: Tx, { userId, email }: Writer, now: Date): Promise<Noticed['refusals']> {
  const since = new Date(now.getTime() - REFUSALS_DAYS * DAY_MS).toISOString();
  const isTheirs = userId === null ? Prisma.sql`c.email = ${email ?? ''} AND c."userId" IS NULL` : Prisma.sql`c."userId" = ${userId}::uuid`;
  const [row] = await tx.$queryRaw<{ of: number; refused: number }[]>`
    SELECT count(*)::int AS "of", (count(*) FILTER (WHERE c.status IN ('spam', 'trash') AND EXISTS (
      SELECT 1 FROM "ModerationEvent" e WHERE e."commentId" = c.id AND e.decision IN ('spam', 'trash', 'decline'))))::int AS refused
    FROM "Comment" c WHERE c."createdAt" > ${since}::timestamptz AND c."pseudonymId" IS NULL AND ${isTheirs}`;
  const { of, refused } = row!;
  return refused >= REFUSALS_COMMENTS && refused >= of * REFUSALS_SHARE ? { refused, of } : null;
}

/** Under how many other posts the same text stands, whoever wrote it; capitals and blanks do not count. What somebody wrote under a pseudonym is not looked at: it would join the two. */
async function countSameText(tx: Tx, postId: string, source: string, now: Date): Promise<number> {
  if ([...source.replace(/\s+/g, ' ').trim()].length < SAME_TEXT_CHARACTERS) return 0;
  const since = new Date(now.getTime() - SAME_TEXT_DAYS * DAY_MS).toISOString();
  const [row] = await tx.$queryRaw<{ posts: number }[]>`
    SELECT count(DISTINCT c."postId")::int AS posts FROM "Comment" c
    WHERE text_mark(c.source) = text_mark(${source}) AND c."createdAt" > ${since}::timestamptz AND c."postId" <> ${postId}::uuid AND c."pseudonymId" IS NULL`;
  return row?.posts ?? 0;
}
