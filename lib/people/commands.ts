import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { lockPeople, setRole, type LockedPerson } from '../identity/roles';
import type { Actor, Person } from '../identity/schema';
import { isCommentId, newId } from '../ids';
import { fail, ok, type Failure, type Result } from '../result';
import { findSite } from '../site/queries';
import { momentIn } from '../site/rules';
import { knownTo } from './queries';
import { canEnd, refusalOfStanding, refusalToActOnPeople, refusalToOwnersActs, refusalToSetStanding, standingMark, standingNow } from './rules';
import { causeStandingMail } from './standing-mail';
import type { NewNote, Role, RoleChangeInput, Standing, StandingChangeInput } from './schema';
import { t } from '../words/t';

const notFound = () => fail('not-found', t('people.refusals.personGone'));
export const conflict = () => fail('conflict', t('people.refusals.changedMeanwhile'));
const onePostOnly = () => fail('forbidden', t('people.refusals.onePostOnly'));

type LockedPair = { actor: Person; target: LockedPerson };

/** The person and whoever acts on them, locked, as they are now: an old page gives nobody what they had. */
export async function lockPair(tx: Tx, actor: Actor, targetId: string, refusalTo: (actor: Actor) => Failure | null, at: Date): Promise<LockedPair | Failure> {
  const refused = refusalTo(actor);
  if (refused || actor.kind === 'guest') return refused ?? notFound();
  const people = await lockPeople(tx, [actor.userId, targetId]);
  const acting = people.find(actor.userId);
  const now: Actor = acting ? { ...actor, role: acting.role, standing: standingNow(acting, at), standingUntil: acting.standingUntil } : { kind: 'guest', writerHash: null };
  const refusal = refusalTo(now);
  if (refusal || now.kind === 'guest') return refusal ?? notFound();
  const target = people.find(targetId);
  if (!target) return missing(tx, targetId);
  return (await isKnownTo(tx, now, targetId)) ? { actor: now, target } : notFound();
}

/** Nobody acts on somebody of whom they may not know. */
const isKnownTo = async (tx: Tx, actor: Person, id: string): Promise<boolean> => (await tx.user.count({ where: { AND: [{ id }, knownTo(actor)] } })) > 0;

async function missing(tx: Tx, id: string): Promise<Failure> {
  return (await tx.pseudonym.findUnique({ where: { id }, select: { id: true } })) ? onePostOnly() : notFound();
}

export type RoleChanged = { name: string | null; from: Role; to: Role };

/**
 * Gives a person another role: written down, and every session of theirs ended. Two at once: the first wins, and the
 * second acts with what is left to them.
 * Refuses: `not-signed-in`, `not-found`, `forbidden` for all but owners and for a name on one post, `conflict` when the
 * role is not the one that was seen or the last owner would stop being one.
 */
export async function changeRole(actor: Actor, { person, role, seen }: RoleChangeInput, now: Date): Promise<Result<RoleChanged>> {
  return changing(async (tx, changed) => {
    const locked = await lockPair(tx, actor, person, refusalToOwnersActs, now);
    if ('ok' in locked) return locked;
    if (locked.target.role !== seen) return conflict();
    const set = await setRole(tx, changed, { userId: person, role, actorId: locked.actor.userId, what: 'role' }, now);
    return set.ok ? ok({ name: locked.target.name, from: locked.target.role, to: role }) : set;
  });
}

/**
 * Signs a person out everywhere, as when a device of theirs is lost: ends all their sessions, and writes down how many.
 * Idempotent. An owner may do so to themselves. Value: whose they were, and how many.
 * Refuses: `not-signed-in`, `not-found`, `forbidden` for all but owners and for a name on one post.
 */
export async function endSessionsOf(actor: Actor, personId: string, now: Date): Promise<Result<{ name: string | null; count: number }>> {
  return db().$transaction(async (tx) => {
    const locked = await lockPair(tx, actor, personId, refusalToOwnersActs, now);
    if ('ok' in locked) return locked;
    const { count } = await tx.session.deleteMany({ where: { userId: personId, expires: { gt: now } } });
    if (count > 0) await tx.personEvent.create({ data: { id: newId(), userId: personId, actorId: locked.actor.userId, what: 'sessions', from: '', to: String(count), createdAt: now }, select: { id: true } });
    return ok({ name: locked.target.name, count });
  });
}

type Held = { standing: Standing; standingUntil: Date | null; standingReason: string };
export type StandingChanged = { name: string | null; from: Held; to: Held };

/**
 * Sets a person's standing, with a reason and an end, by an owner or moderator, and writes it down. It holds from the
 * next act of theirs on. Who is suspended or banned is told by mail in two minutes, if it stands then and their address is proven.
 * Refuses: `not-signed-in`, `not-found`, `forbidden` (oneself, an owner, for a moderator a moderator, a name on one
 * post), `conflict` when the standing is not the one that was seen, `invalid` for an end that is not in the future.
 */
export async function changeStanding(actor: Actor, input: StandingChangeInput, now: Date): Promise<Result<StandingChanged>> {
  const { timeZone } = await findSite();
  const ends = canEnd(input.standing);
  const standingUntil = ends && input.until !== '' ? (momentIn(input.until, timeZone) ?? new Date(NaN)) : null;
  const to: Held = { standing: input.standing, standingUntil, standingReason: ends ? input.reason : '' };
  return changing(async (tx) => {
    const locked = await lockPair(tx, actor, input.person, refusalToActOnPeople, now);
    if ('ok' in locked) return locked;
    const { standing, standingUntil: until, name } = locked.target;
    const from: Held = { standing, standingUntil: until, standingReason: await reasonOf(tx, input.person) };
    const refusal = refusalToSetStanding(locked.actor, locked.target) ?? (standingMark(from) === input.seen ? null : conflict()) ?? refusalOfStanding(to.standing, to.standingUntil, now);
    if (refusal) return refusal;
    if (standingMark(from) === standingMark(to) && from.standingReason === to.standingReason) return ok({ name, from, to });
    await tx.user.update({ where: { id: input.person }, data: to, select: { id: true } });
    const event = { id: newId(), userId: input.person, actorId: locked.actor.userId, what: 'standing', from: standingMark(from), to: standingMark(to), reason: input.reason, createdAt: now };
    await tx.personEvent.create({ data: event, select: { id: true } });
    // That comments are held is not told, and that all is well again shows.
    if (to.standing === 'suspended' || to.standing === 'banned') await causeStandingMail(tx, event.id, now);
    return ok({ name, from, to });
  });
}

const reasonOf = async (tx: Tx, id: string): Promise<string> =>
  (await tx.user.findUniqueOrThrow({ where: { id }, select: { standingReason: true } })).standingReason;

/**
 * Adds a private note about a person, about a name on one post and nothing else of its person, or about a guest's comment.
 * Refuses: `not-signed-in`, `not-found`, `forbidden` about oneself.
 */
export async function addNote(actor: Actor, { person, note }: NewNote, now: Date): Promise<Result> {
  const refused = refusalToActOnPeople(actor);
  if (refused || actor.kind === 'guest') return refused ?? notFound();
  const noted = isCommentId(person) ? await notedByComment(person) : await notedPerson(actor, person);
  if (!noted) return notFound();
  if (noted.userId === actor.userId) return fail('forbidden', t('people.refusals.noteAboutOneself'));
  await db().personNote.create({ data: { id: newId(), ...noted.about, byId: actor.userId, text: note, createdAt: now }, select: { id: true } });
  return ok();
}

/** What a note is about, and whose it is. */
type Noted = { about: { userId: string } | { pseudonymId: string } | { commentId: string }; userId: string | null };

async function notedPerson(actor: Person, id: string): Promise<Noted | null> {
  const user = await db().user.findFirst({ where: { AND: [{ id }, knownTo(actor)] }, select: { id: true } });
  if (user) return { about: { userId: id }, userId: id };
  const pseudonym = await db().pseudonym.findUnique({ where: { id }, select: { userId: true } });
  return pseudonym && { about: { pseudonymId: id }, userId: pseudonym.userId };
}

async function notedByComment(publicId: string): Promise<Noted | null> {
  const comment = await db().comment.findFirst({ where: { publicId, status: { not: 'deleted' } }, select: { id: true, userId: true, pseudonymId: true } });
  if (!comment) return null;
  const { id, userId, pseudonymId } = comment;
  if (pseudonymId !== null) return { about: { pseudonymId }, userId };
  return { about: userId === null ? { commentId: id } : { userId }, userId };
}

/**
 * Deletes a note of one's own. Value: its text, so that it can be written again.
 * Refuses: `not-signed-in`, `not-found` for a note that is unknown or somebody else's.
 */
export async function deleteNote(actor: Actor, noteId: string): Promise<Result<{ note: string }>> {
  const refused = refusalToActOnPeople(actor);
  if (refused || actor.kind === 'guest') return refused ?? notFound();
  const own = { id: noteId, byId: actor.userId };
  const note = await db().personNote.findFirst({ where: own, select: { text: true } });
  const { count } = await db().personNote.deleteMany({ where: own });
  return note && count > 0 ? ok({ note: note.text }) : fail('not-found', t('people.refusals.noteGone'));
}
