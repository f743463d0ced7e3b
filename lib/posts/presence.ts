import type { Tx } from '../db/client';
import { t } from '../words/t';
import { EDITING_GONE_MS, type OtherWindow } from './post-form';

/** A window that was not heard of for so long is forgotten, with its last save. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

type Window = { postId: string; tab: string; userId: string };

/** Notes that a window is open. A step of a command, inside its transaction. A window that somebody else opened is not taken over. */
export async function noteWindow(tx: Tx, { postId, tab, userId }: Window, now: Date, save?: { from: string; to: string }): Promise<void> {
  const saved = save ? { savedFrom: save.from, savedTo: save.to } : {};
  const { count } = await tx.postEditing.updateMany({ where: { postId, tab, userId }, data: { beatAt: now, ...saved } });
  if (count === 0) await tx.postEditing.createMany({ data: [{ postId, tab, userId, beatAt: now, ...saved }], skipDuplicates: true });
  await tx.postEditing.deleteMany({ where: { postId, beatAt: { lt: new Date(now.getTime() - FORGOTTEN_MS) } } });
}

/** What a window had seen, and what came of its save or act. */
type LastSave = { from: string; to: string };

/** The last save or act of a window; null where there was none. */
export async function lastSaveOf(tx: Tx, { postId, tab, userId }: Window): Promise<LastSave | null> {
  const row = await tx.postEditing.findFirst({ where: { postId, tab, userId }, select: { savedFrom: true, savedTo: true } });
  return row?.savedFrom != null && row.savedTo !== null ? { from: row.savedFrom, to: row.savedTo } : null;
}

/** Whether what is there now came of a window's own last save or act, made of what it says to have seen: the answer was lost, and it asks again. */
export const isOwnLost = (last: LastSave | null, seen: string, present: string): boolean => last?.from === seen && last.to === present;

/** The other windows in which a post is open now, one for each person; `tab` null: those of other people. */
export async function listOtherWindows(tx: Tx, postId: string, { tab, userId }: { tab: string | null; userId: string }, now: Date): Promise<OtherWindow[]> {
  const open = await tx.postEditing.findMany({
    where: { postId, beatAt: { gt: new Date(now.getTime() - EDITING_GONE_MS) }, ...(tab === null ? { userId: { not: userId } } : { tab: { not: tab } }) },
    select: { userId: true, user: { select: { name: true, slug: true } } }, orderBy: [{ beatAt: 'desc' }, { tab: 'asc' }], distinct: ['userId'],
  });
  return open.map((window) => ({ name: window.user.name || window.user.slug || t('posts.author.somebody'), isYou: window.userId === userId }));
}
