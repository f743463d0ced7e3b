import type { Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { sendJob } from '../jobs';
import { readLinks } from '../text/comment-text';
import { plainText } from '../text/plain';
import { storedHtml } from '../text/safe-html';
import { standingEvents } from './rules';
import type { CommentStatus, Decision } from './schema';
import { featuresOf, type SpamText } from './spam-features';
import type { SpamLabel } from './spam-score';

// Steps of commands, inside their transactions: what a decision leaves for the job `learn`.

/** A comment as a lesson: what is read of it, and how it stands. */
export const lessonSelect = {
  id: true, kind: true, name: true, email: true, website: true, html: true, status: true, pseudonymId: true,
  events: { select: { id: true, decision: true, actorId: true, toStatus: true, undoesId: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.CommentSelect;

type Event = { id: string; decision: Decision; actorId: string | null; toStatus: CommentStatus; undoesId: string | null };
export type LessonComment = {
  id: string; kind: string; name: string; email: string | null; website: string | null; html: string; status: CommentStatus; pseudonymId: string | null; events: Event[];
};

/** What the score reads of a comment that is kept. Of one under a pseudonym nothing but what stands on the page. */
export function spamTextOf({ name, email, website, html }: Pick<LessonComment, 'name' | 'email' | 'website' | 'html'>): SpamText {
  const { hosts, share } = readLinks(storedHtml(html));
  return { name, email: email ?? '', website: website ?? '', text: plainText(html), linkHosts: hosts, linkShare: share };
}

const LABELS: Partial<Record<CommentStatus, SpamLabel>> = { approved: 'ham', spam: 'spam' };

/**
 * What a comment teaches: its place, where a person has put it there and that still stands, or an import brought it. What
 * screening alone has sorted teaches nothing, or it would believe itself; nor does Trash, which is for many things.
 */
export function labelOf({ kind, status, events }: LessonComment): SpamLabel | null {
  if (kind !== 'comment') return null;
  const isImported = !events.some(({ decision }) => decision === 'submit');
  const decided = standingEvents(events).filter(({ decision }) => decision !== 'edit' && decision !== 'submit').at(-1);
  const isOfPerson = decided ? decided.actorId !== null && decided.toStatus === status : isImported;
  return isOfPerson ? (LABELS[status] ?? null) : null;
}

// A transaction sends one job however many comments it decides on; each has its own, so that none relies on a job that may have read too early.
const sent = new WeakSet<Tx>();

/** A decision has moved a comment: what it teaches is to be learned anew. */
export async function markLesson(tx: Tx, commentId: string, from: CommentStatus, to: CommentStatus): Promise<void> {
  if (to === 'deleted' || (!LABELS[from] && !LABELS[to])) return;
  await tx.$executeRaw`
    INSERT INTO "SpamLesson" ("commentId", "features") VALUES (${commentId}::uuid, '{}') ON CONFLICT ("commentId") DO UPDATE SET "isStale" = true`;
  if (sent.has(tx)) return;
  sent.add(tx);
  await sendJob(tx, 'learn', {});
}

/** Before a comment's text is deleted: what it has still to teach is kept, as signs without words. What it has taught stays. */
export async function keepLesson(tx: Tx, commentId: string): Promise<void> {
  const lesson = await tx.spamLesson.findUnique({ where: { commentId }, select: { isStale: true, taught: true, comment: { select: lessonSelect } } });
  const owed = lesson?.isStale ? labelOf(lesson.comment) : null;
  if (!lesson || owed === null || owed === lesson.taught) return;
  // What was taught is unlearned by its own signs; they differ from the present ones only where the text was edited since.
  const features = lesson.taught === null ? featuresOf(spamTextOf(lesson.comment)).map(({ id }) => BigInt(id)) : undefined;
  await tx.spamLesson.update({ where: { commentId }, data: { owed, ...(features && { features }) }, select: { commentId: true } });
}
