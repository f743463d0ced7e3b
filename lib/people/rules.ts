import type { Actor, Person } from '../identity/schema';
import { pathWith } from '../query';
import { fail, type Failure } from '../result';
import { ENDING_STANDINGS, type Role, type Standing } from './schema';
import { t } from '../words/t';

const isAtDesk = (actor: Actor, roles: Role[]): actor is Person => actor.kind === 'person' && actor.standing !== 'banned' && roles.includes(actor.role);

/** Whether the actor may find people, see their history, and set standings. */
export const maySeePeople = (actor: Actor): actor is Person => isAtDesk(actor, ['moderator', 'owner']);

/** Whether the actor is shown e-mail addresses, ways of signing in, and who is behind a name on one post; and gives roles. */
export const maySeeContacts = (actor: Actor): actor is Person => isAtDesk(actor, ['owner']);

/** Why an actor may not act on people at all, or null: `not-signed-in`; `not-found` for those who may not know. */
export function refusalToActOnPeople(actor: Actor): Failure | null {
  if (actor.kind === 'guest') return fail('not-signed-in', t('people.refusals.notSignedIn'));
  return maySeePeople(actor) ? null : fail('not-found', t('people.refusals.nothingHere'));
}

/** The same for what owners alone do: `forbidden` for moderators. */
export function refusalToOwnersActs(actor: Actor): Failure | null {
  return refusalToActOnPeople(actor) ?? (maySeeContacts(actor) ? null : fail('forbidden', t('people.refusals.onlyOwners')));
}

type Target = { id: string; role: Role };

/** Why an actor may not set this person's standing, or null. Refuses, all `forbidden`: oneself, an owner, a moderator's equal. */
export function refusalToSetStanding(actor: Person, target: Target): Failure | null {
  if (actor.userId === target.id) return fail('forbidden', t('people.refusals.ownStanding'));
  if (target.role === 'owner') return fail('forbidden', t('people.refusals.ownersStanding'));
  if (target.role === 'moderator' && !maySeeContacts(actor)) return fail('forbidden', t('people.refusals.moderatorsStanding'));
  return null;
}

/** Whether a standing can have an end. */
export const canEnd = (standing: Standing): boolean => ENDING_STANDINGS.some((one) => one === standing);

/** Why a standing cannot be this one, or null: an end is a moment in the future, and a suspension has one. `until` may be no date at all. */
export function refusalOfStanding(standing: Standing, until: Date | null, now: Date): Failure | null {
  if (!canEnd(standing) || (until === null && standing !== 'suspended')) return null;
  const isMoment = until !== null && !Number.isNaN(until.getTime());
  const sentence = !isMoment ? t('people.refusals.noEnd') : until <= now ? t('people.refusals.pastEnd') : null;
  return sentence === null ? null : fail('invalid', sentence, { fields: { until: sentence } });
}

type Held = { standing: Standing; standingUntil: Date | null };

/** The standing that holds at a moment: one that is over is none. */
export function standingNow({ standing, standingUntil }: Held, now: Date): Standing {
  return standingUntil !== null && standingUntil <= now ? 'normal' : standing;
}

export type PersonRow = { id: string; name: string | null } & Pick<Person, 'email' | 'role' | 'standing' | 'standingUntil'>;

/** A person as an actor, with the standing that holds at this moment. */
export function personNow({ id, name, ...rest }: PersonRow, now: Date): Omit<Person, 'writerHash'> {
  const standing = standingNow(rest, now);
  return { kind: 'person', userId: id, name: name ?? t('people.person.nameless'), isNamed: name !== null, ...rest, standing, standingUntil: standing === rest.standing ? rest.standingUntil : null };
}

/** A standing in one word, with its end where it has one, as events and forms hold it: `suspended 2026-12-05T10:30:00.000Z`. */
export const standingMark = ({ standing, standingUntil }: Held): string => (standingUntil ? `${standing} ${standingUntil.toISOString()}` : standing);

/** A standing as a sentence says it: `suspended until 5 December 2026 at 10:30`. */
export function standingWords({ standing, standingUntil }: Held, write: (at: Date) => string): string {
  const words = t(`people.standings.${standing}`);
  return standingUntil ? t.markup('people.person.standingUntil', { standing: words, time: () => write(standingUntil) }) : words;
}

/** What `standingMark` wrote, read again; `until` null where there is none. */
export function readStandingMark(mark: string): { word: string; until: Date | null } {
  const [word = '', at = ''] = mark.split(' ');
  const until = new Date(at);
  return { word, until: at !== '' && !Number.isNaN(until.getTime()) ? until : null };
}

const RANK: Record<Role, number> = { reader: 0, author: 1, moderator: 2, owner: 3 };

/** The role of somebody who accepts an invitation: never less than they had. */
export const raisedRole = (had: Role, offered: Role): Role => (RANK[offered] > RANK[had] ? offered : had);

/** The address of the list of people, for what is looked for. */
export const peoplePath = (query: Record<string, string | null> = {}): string => pathWith('/admin/people', query);

/** The address of the page of a person, or of a name on one post. */
export const personPath = (id: string, query: Record<string, string | null> = {}, anchor = ''): string => pathWith(`/admin/people/${id}`, query) + (anchor && `#${anchor}`);

/** The address of a comment's card at the desk. */
export const cardPath = (commentId: string): string => `/admin/comments?queue=all&comment=${commentId}`;
