import type { Actor, Person } from './schema';

/** Whether the actor runs the blog's comments: all of them, wherever they stand. */
export function isModerator(actor: Actor): boolean {
  return actor.kind === 'person' && (actor.role === 'moderator' || actor.role === 'owner');
}

/** Whether the actor may do everything. */
export function isOwner(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'owner';
}

/** Whether the actor has a desk at all: authors have one for the comments under their own posts. A banned person has none. */
export function hasDesk(actor: Actor): actor is Person {
  return actor.kind === 'person' && actor.role !== 'reader' && actor.standing !== 'banned';
}

/** Whether the actor may decide on comments under a post of this author. */
export function mayModerate(actor: Actor, postAuthorId: string): actor is Person {
  return hasDesk(actor) && (isModerator(actor) || actor.userId === postAuthorId);
}

/** Whether the actor may write nothing at all at this time. */
export function isShutOut(actor: Actor, now: Date): boolean {
  if (actor.kind === 'guest') return false;
  if (actor.standing === 'banned') return true;
  return actor.standing === 'suspended' && (actor.suspendedUntil === null || actor.suspendedUntil > now);
}
