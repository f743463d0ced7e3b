import type { Tx } from '../db/client';
import { mayModerate } from '../identity/rules';
import type { Actor } from '../identity/schema';
import type { Ruleset } from '../moderation/ruleset';
import type { Care } from '../moderation/schema';
import { networkOf } from '../network';
import { countOne, type Limit } from '../rate-limit';
import { fail, type Failure } from '../result';
import { t } from '../words/t';
import type { Writer } from './pseudonyms';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const MINUTES = 10;

/** Above so many comments of guests from one place on the network within ten minutes the next are held for it: a school has one address. */
export const BUSY_NETWORK_COMMENTS = 6;
/** Above so many they are refused. */
export const NETWORK_COMMENTS = 40;
/** So many comments a signed-in person may send within ten minutes, taken or not. */
export const PERSON_SENDS = 60;
/** So many comments of one person, or of guests with one address, are taken within an hour. */
export const WRITER_COMMENTS_PER_HOUR = 40;

export const NETWORK_LIMIT: Limit = { name: 'comment-network', most: NETWORK_COMMENTS, seconds: MINUTES * MINUTE_SECONDS };
export const PERSON_LIMIT: Limit = { name: 'comment-person', most: PERSON_SENDS, seconds: MINUTES * MINUTE_SECONDS };

/** What came from one place on the network, where that is more than usual. */
export type BusyNetwork = { comments: number; minutes: number };

type Sent = { refusal: Failure | null; busyNetwork: BusyNetwork | null };

const ANYTHING: Sent = { refusal: null, busyNetwork: null };

/** How long, in what people count so long in. */
const lasting = (seconds: number) =>
  seconds < 2 * MINUTE_SECONDS ? { amount: String(seconds), unit: 'seconds' } as const : { amount: String(Math.ceil(seconds / MINUTE_SECONDS)), unit: 'minutes' } as const;

/**
 * Counts a comment that is sent, before anything else is done about it: a signed-in person's by the person, a guest's by
 * the place on the network. Who moderates the post, and the network of an entry that the owner trusts, is not counted.
 * Exact on all instances. Refuses: `too-many` with the seconds to wait.
 */
export async function countSent(actor: Actor, postAuthorId: string, ip: string, { trustedEntries }: Pick<Ruleset, 'trustedEntries'>): Promise<Sent> {
  const isStaff: boolean = mayModerate(actor, postAuthorId);
  if (isStaff) return ANYTHING;
  if (actor.kind === 'person') {
    const { retryAfterSeconds } = await countOne(PERSON_LIMIT, actor.userId);
    return { refusal: retryAfterSeconds === null ? null : tooMany('comments.limits.person', retryAfterSeconds), busyNetwork: null };
  }
  if (trustedEntries.ofIp(ip) !== null) return ANYTHING;
  const { count, retryAfterSeconds } = await countOne(NETWORK_LIMIT, networkOf(ip));
  if (retryAfterSeconds !== null) return { refusal: tooMany('comments.limits.network', retryAfterSeconds), busyNetwork: null };
  return { refusal: null, busyNetwork: count > BUSY_NETWORK_COMMENTS ? { comments: count, minutes: MINUTES } : null };
}

const tooMany = (message: 'comments.limits.person' | 'comments.limits.network', retryAfterSeconds: number): Failure =>
  fail('too-many', t(message, lasting(retryAfterSeconds)), { retryAfterSeconds });

/** What a writer has written before: a signed-in person under whatever name, a guest with this address. Nobody is slowed down by an address that somebody else types. */
const theirOwn = ({ userId, email }: Writer) => (userId === null ? { userId: null, email: email ?? '' } : { userId });

/**
 * Why a writer must wait: between two comments the owner's pause, longer on a sensitive post, and so many in an hour at
 * most. A step of a command, in which the writer stands in line: exact when many come at once.
 * Refuses: `too-many` with the seconds to wait.
 */
export async function refusalOfPace(tx: Tx, writer: Writer, care: Care, rules: Pick<Ruleset, 'floodSeconds' | 'sensitiveFloodSeconds'>, now: Date): Promise<Failure | null> {
  const pause = care === 'sensitive' ? Math.max(rules.floodSeconds, rules.sensitiveFloodSeconds) : rules.floodSeconds;
  const since = new Date(now.getTime() - Math.max(pause, HOUR_SECONDS) * 1000);
  const latest = await tx.comment.findMany({
    where: { ...theirOwn(writer), editsId: null, createdAt: { gt: since } }, orderBy: { createdAt: 'desc' }, take: WRITER_COMMENTS_PER_HOUR, select: { createdAt: true },
  });
  const wait = (after: Date | undefined, seconds: number) => (after ? Math.ceil(seconds - (now.getTime() - after.getTime()) / 1000) : 0);
  const ofPause = wait(latest[0]?.createdAt, pause);
  if (ofPause > 0) return fail('too-many', t('comments.limits.pause', { seconds: String(ofPause) }), { retryAfterSeconds: ofPause });
  const ofHour = wait(latest[WRITER_COMMENTS_PER_HOUR - 1]?.createdAt, HOUR_SECONDS);
  return ofHour > 0 ? fail('too-many', t('comments.limits.hour', { count: String(WRITER_COMMENTS_PER_HOUR), ...lasting(ofHour) }), { retryAfterSeconds: ofHour }) : null;
}
