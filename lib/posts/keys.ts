import { timingSafeEqual } from 'node:crypto';
import { mayEditPost } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { keyed } from '../keyed';
import { isOut, isReachable } from './rules';

/** The columns that say who may read a post. `password` stays on the server. */
export const lockColumns = { id: true, authorId: true, status: true, publishedAt: true, password: true } as const;
export type LockFacts = { id: string; authorId: string; status: string; publishedAt: Date | null; password: string | null };

type Lock = Pick<LockFacts, 'id' | 'password'>;

/** Two ways to write one letter, and what a thumb leaves around it, are the same password. */
const asSaid = (password: string): string => password.normalize('NFC').trim();

/**
 * What a browser is given that has said the password of a post: 64 hex digits of this post and this password alone, so that
 * a new password shuts everybody out. Null where the post has none: then nobody comes in by one.
 */
export function keyOf({ id, password }: Lock): string | null {
  const said = asSaid(password ?? '');
  return said === '' ? null : keyed('post-password', `${id}\0${said}`);
}

function isSame(one: string | null | undefined, other: string | null): boolean {
  const [a, b] = [Buffer.from(one ?? ''), Buffer.from(other ?? '')];
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

/** Whether this is the password of a post. Compared in constant time, by its hash. */
export const isPasswordOf = (post: Lock, typed: string): boolean => isSame(keyOf({ id: post.id, password: typed }), keyOf(post));

/**
 * Whether somebody may read a post where readers do, and speak there: everybody what is reachable; what has a password its
 * author, owners, and whoever brings its key. The one rule for its page, its comments and what is written below it.
 */
export function mayRead(actor: Actor, post: LockFacts, now: Date): boolean {
  if (isReachable(post, now)) return true;
  return isOut(post, now) && (mayEditPost(actor, post.authorId) || isSame(actor.keys?.[post.id], keyOf(post)));
}
