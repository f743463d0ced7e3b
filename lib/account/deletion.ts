import { postTag, type Tag } from '../cache-tags';
import { deleteComments, goneSelect, type GoneComment } from '../comments/deleting';
import { anonymiseComments } from '../comments/erase';
import { holdComments } from '../comments/locks';
import type { Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { lockPeople } from '../identity/roles';
import { changePortrait } from '../media/portraits';
import { visibleDelta } from '../moderation/rules';
import { forgetAddress, forgetUnproven } from '../privacy/forgetting';
import { findRefusalToDelete, lockWriter } from './queries';
import type { CommentsAfter } from './schema';

/** How many comments one step of a deletion takes. */
export const STEP_COMMENTS = 500;

const writtenBy = (userId: string): Prisma.CommentWhereInput => ({ OR: [{ userId }, { pseudonym: { userId } }] });

/** Holds what they write, the posts of some of their comments, these, then the person: in this order as everywhere. Gives those comments as they are now. */
async function holdSome(tx: Tx, userId: string): Promise<GoneComment[]> {
  // A comment of theirs that is being sent is here before this, or is refused afterwards.
  await lockWriter(tx, userId);
  const some = await tx.comment.findMany({ where: writtenBy(userId), select: { id: true, postId: true }, orderBy: { id: 'asc' }, take: STEP_COMMENTS });
  const posts = [...new Set(some.map(({ postId }) => postId))];
  await holdComments(tx, posts, some.map(({ id }) => id));
  // Two owners leaving at once must not leave none.
  await lockPeople(tx, [userId]);
  return tx.comment.findMany({ where: { AND: [{ id: { in: some.map(({ id }) => id) } }, writtenBy(userId)] }, select: goneSelect });
}

const takeComments = (tx: Tx, comments: GoneComment[], after: CommentsAfter, now: Date): Promise<void> =>
  after === 'anonymise' ? anonymiseComments(tx, comments.map(({ id }) => id)) : deleteComments(tx, comments, now);

/** All else that is kept of a person: what names their address, and by cascade logins, sessions, picture, names, notes and events about them. */
async function takePerson(tx: Tx, userId: string, { email, emailVerified }: { email: string | null; emailVerified: Date | null }, now: Date): Promise<void> {
  if (email !== null) await (emailVerified ? forgetAddress(tx, email, now) : forgetUnproven(tx, email));
  // That somebody reported a comment stays, but nothing of who it was.
  await tx.report.updateMany({ where: { userId }, data: { userId: null, reporterHash: null, ipHash: null, words: '', tellOutcome: false } });
  await tx.importKey.updateMany({ where: { kind: 'author', targetId: userId }, data: { targetId: null } });
  await tx.user.delete({ where: { id: userId }, select: { id: true } });
}

/**
 * One step of a deletion: the next STEP_COMMENTS comments and, where no more are left, the person. A step of a command,
 * inside its transaction. `more` while there is something left to do; `done` too for somebody who changed their mind, is
 * gone already, or cannot be deleted at present.
 */
export async function deleteStep(tx: Tx, changed: (tag: Tag) => void, userId: string, now: Date): Promise<'more' | 'done'> {
  const comments = await holdSome(tx, userId);
  const user = await tx.user.findFirst({ where: { id: userId, deleteAt: { lte: now } }, select: { email: true, emailVerified: true, deleteComments: true } });
  if (!user?.deleteComments || (await findRefusalToDelete(tx, userId))) return 'done';
  await takeComments(tx, comments, user.deleteComments, now);
  for (const { postId, status } of comments) if (visibleDelta(status, 'deleted') !== 0) changed(postTag(postId));
  if (comments.length === STEP_COMMENTS) return 'more';
  if ((await tx.comment.count({ where: writtenBy(userId) })) > 0) return 'more';
  // The address of their picture is kept too, as pages are.
  await changePortrait(tx, userId, changed);
  await takePerson(tx, userId, user, now);
  return 'done';
}
