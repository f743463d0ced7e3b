import { ownPath } from '../text/own-path';
import { t } from '../words/t';
import { FRESH_SIGN_IN_MINUTES, NOT_JOINED, PROVIDERS, SESSION_DAYS, SESSION_MAX_DAYS, SIGN_IN_FAILURES, WAY_NAMES, type Actor, type Person, type Role, type SignInFailure, type Stated } from './schema';

/** Whether the actor runs the blog's comments: all of them, wherever they stand. */
export function isModerator(actor: Actor): boolean {
  return actor.kind === 'person' && (actor.role === 'moderator' || actor.role === 'owner');
}

/** Whether the actor may do everything. */
export function isOwner(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'owner';
}

/** All hashes by which what this browser wrote may be noted; none where nothing is known of it. */
export const writerHashes = ({ writerHash, earlierHashes = [] }: Actor): string[] => (writerHash === null ? [] : [writerHash, ...earlierHashes]);

/** Whether the actor wrote it: signed in, or in this browser. */
export const isBy = (actor: Actor, { userId, writerHash }: { userId: string | null; writerHash: string | null }): boolean =>
  (actor.kind === 'person' && actor.userId === userId) || (writerHash !== null && writerHashes(actor).includes(writerHash));

/** Whether the actor has a desk at all: authors have one for the comments under their own posts. A banned person has none. */
export function hasDesk(actor: Actor): actor is Person {
  return actor.kind === 'person' && actor.role !== 'reader' && actor.standing !== 'banned';
}

/** Whether the actor may decide on comments under a post of this author. */
export function mayModerate(actor: Actor, postAuthorId: string): actor is Person {
  return hasDesk(actor) && (isModerator(actor) || actor.userId === postAuthorId);
}

/** Whether the actor has posts at the desk: authors their own, owners all. Who moderates comments has none. */
export function hasPosts(actor: Actor): actor is Person {
  return hasDesk(actor) && actor.role !== 'moderator';
}

/** Whether the actor may change a post of this author. */
export function mayEditPost(actor: Actor, postAuthorId: string): actor is Person {
  return hasPosts(actor) && (isOwner(actor) || actor.userId === postAuthorId);
}

/** Whether the actor may write nothing at all at this time. */
export function isShutOut(actor: Actor, now: Date): boolean {
  if (actor.kind === 'guest' || (actor.standing !== 'banned' && actor.standing !== 'suspended')) return false;
  return actor.standingUntil === null || actor.standingUntil > now;
}

const NAMES = { [NOT_JOINED]: 'notJoined', cancelled: 'cancelled', failed: 'failed', away: 'away', 'same-email': 'sameEmail', expired: 'expired', 'other-person': 'otherPerson' } as const satisfies Record<SignInFailure | typeof NOT_JOINED, string>;

/** What a reader is told of a sign-in, above all of one that came to nothing. `said` is what stands in an address: anything. Null when it is no such word. */
export function sentenceOfSignIn(said: unknown, way: unknown): string | null {
  const word = ([...SIGN_IN_FAILURES, NOT_JOINED] as const).find((one) => one === said);
  const provider = PROVIDERS.find((one) => one === way);
  return word ? t(`identity.ended.${NAMES[word]}`, { way: provider ? WAY_NAMES[provider] : t('identity.ended.thatAccount') }) : null;
}

/** A path of this blog, as given or by default `/`; never an address elsewhere, whatever was asked for. */
export function pathHere(asked: unknown): string {
  return (typeof asked === 'string' ? ownPath(asked) : null) ?? '/';
}

/** A path with one more word in its query, before its anchor. */
export function withQuery(path: string, words: Record<string, string>): string {
  const url = new URL(path, 'http://here');
  for (const [name, value] of Object.entries(words)) url.searchParams.set(name, value);
  return url.pathname + url.search + url.hash;
}

/**
 * Whether a person may sign in as what a provider states; null when they may. `linkedTo`: whose account it is here
 * already. `linking`: who, signed in, asked to add it. `holder`: who has the stated address here.
 * An account or an address that only a provider asserts takes nobody's place: the address has to be proven on both sides.
 */
export function refusalToSignIn(stated: Stated, linkedTo: string | null, linking: string | null, holder: string | null): SignInFailure | null {
  if (linking !== null) return linkedTo !== null && linkedTo !== linking ? 'other-person' : null;
  if (linkedTo !== null) return null;
  return holder !== null && !stated.isEmailProven ? 'same-email' : null;
}

/** A name to begin with for somebody known by an address only: they see it, and may change it, before anybody else does. */
export function suggestedName(email: string | null): string {
  const words = (email?.split('@')[0] ?? '').split('+')[0]?.split(/[._\-\d]+/).filter(Boolean) ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

const USER_AGENT_MAX_CHARACTERS = 300;

/** What is kept of a browser's name for itself. */
export const userAgentOf = (header: string | null): string => (header ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, USER_AGENT_MAX_CHARACTERS);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** When a session ends that was used last at this moment. */
export const sessionEnd = (used: Date): Date => new Date(used.getTime() + SESSION_DAYS * DAY_MS);

/** The moment from which a person of this role has to sign in anew, used or not. */
export const lastSessionEnd = (begun: Date, role: Role): Date => new Date(begun.getTime() + SESSION_MAX_DAYS[role === 'reader' ? 'reader' : 'staff'] * DAY_MS);

/** Whether a session that began then may still change how its person signs in: whoever finds a browser open cannot make it their own. */
export const isFresh = (begun: Date, now: Date): boolean => now.getTime() - begun.getTime() < FRESH_SIGN_IN_MINUTES * MINUTE_MS;
