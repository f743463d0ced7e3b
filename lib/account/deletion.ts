import { postTag, type Tag } from '../cache-tags';
import { countGone } from '../comments/counts';
import { anonymiseComments, emptyComments } from '../comments/erase';
import { holdComments } from '../comments/locks';
import type { Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { lockPeople } from '../identity/roles';
import { newId } from '../ids';
import { changePortrait } from '../media/portraits';
import { visibleDelta } from '../moderation/rules';
import { eraseSubscriber } from '../subscriptions/subscribing';
import { causeWebhooks } from '../webhooks/causing';
import { findRefusalToDelete, lockWriter } from './queries';
import type { CommentsAfter } from './schema';

/** How many comments one step of a deletion takes. */
export const STEP_COMMENTS = 500;

const writtenBy = (userId: string): Prisma.CommentWhereInput => ({ OR: [{ userId }, { pseudonym: { userId } }] });

const goneSelect = { id: true, postId: true, parentId: true, kind: true, status: true } as const;
type GoneComment = Prisma.CommentGetPayload<{ select: typeof goneSelect }>;

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

async function takeComments(tx: Tx, comments: GoneComment[], after: CommentsAfter, now: Date): Promise<void> {
  const ids = comments.map(({ id }) => id);
  if (after === 'anonymise') return anonymiseComments(tx, ids);
  await tx.comment.updateMany({ where: { id: { in: ids } }, data: { status: 'deleted' } });
  await emptyComments(tx, ids);
  await tx.moderationEvent.createMany({
    data: comments.map(({ id, status }) => ({ id: newId(), commentId: id, actorId: null, decision: 'delete' as const, fromStatus: status, toStatus: 'deleted' as const, createdAt: now })),
  });
  await causeWebhooks(tx, comments.map(({ id, status }) => ({ event: 'commentDecided', commentId: id, decision: 'delete', from: status, status: 'deleted', rules: [] })), now);
  await countGone(tx, comments);
}

/** All else that is kept of a person: what names their address, and by cascade logins, sessions, picture, names, notes and events about them. */
async function takePerson(tx: Tx, userId: string, email: string | null): Promise<void> {
  if (email !== null) {
    await tx.signInLink.deleteMany({ where: { email } });
    await tx.invitation.deleteMany({ where: { email } });
    await tx.mail.deleteMany({ where: { to: email } });
    await tx.$executeRaw`DELETE FROM "CommentDraft" WHERE lower(entered ->> 'email') = ${email}`;
  }
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
  if (user.email && user.emailVerified) await eraseSubscriber(tx, user.email, now);
  await takePerson(tx, userId, user.email);
  return 'done';
}
