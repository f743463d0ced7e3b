import { mayEditPost } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { isKeyed, keyed } from '../keyed';
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
export function keyOf(post: Lock): string | null {
  const kept = keptBy(post);
  return kept === null ? null : keyed('post-password', kept);
}

function keptBy({ id, password }: Lock): string | null {
  const said = asSaid(password ?? '');
  return said === '' ? null : `${id}\0${said}`;
}

function isKeyOf(post: Lock, sent: string | null | undefined): boolean {
  const kept = keptBy(post);
  return kept !== null && isKeyed(sent ?? '', 'post-password', kept);
}

/** Whether this is the password of a post. Compared in constant time, by its hash. */
export const isPasswordOf = (post: Lock, typed: string): boolean => isKeyOf(post, keyOf({ id: post.id, password: typed }));

/**
 * Whether somebody may read a post where readers do, and speak there: everybody what is reachable; what has a password its
 * author, owners, and whoever brings its key. The one rule for its page, its comments and what is written below it.
 */
export function mayRead(actor: Actor, post: LockFacts, now: Date): boolean {
  if (isReachable(post, now)) return true;
  return isOut(post, now) && (mayEditPost(actor, post.authorId) || isKeyOf(post, actor.keys?.[post.id]));
}
