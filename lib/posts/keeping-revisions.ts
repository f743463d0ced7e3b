import type { Tx } from '../db/client';
import { newId } from '../ids';
import type { PostFields } from './post-form';
import { workingFields, type WorkingPost } from './working-copy';

/** An autosave writes a text down again when the last one is so old. */
const AGAIN_MS = 10 * 60 * 1000;

/** A text as it is written down. `excerpt`: the author's own. */
export type RevisionText = { title: string; source: string; html: string; excerpt: string };

export const textOfFields = ({ title, html, excerpt }: PostFields, source = html): RevisionText => ({ title, source, html, excerpt });

/** The text that was saved last. */
export function presentText(post: WorkingPost): RevisionText {
  return post.workingCopy ? textOfFields(workingFields(post)) : { title: post.title, source: post.source, html: post.html, excerpt: post.isOwnExcerpt ? post.excerpt : '' };
}

type Shown = Omit<RevisionText, 'source'>;

const isSameText = (one: Shown, other: Shown): boolean => one.title === other.title && one.html === other.html && one.excerpt === other.excerpt;

type Change = {
  after: RevisionText;
  by: string;
  /** The present text is somebody else's, or another window's: it is written down before it goes. */
  keepsBefore: boolean;
  /** It is an act: written down however young the last one is. */
  isAct: boolean;
  /** The post's number rises even where nothing is written down. */
  raises: boolean;
};

/**
 * Writes down the texts of a change: the first that the post had (as it was imported), the one that is overwritten where it
 * would be lost, and the new one where it is due. Gives the number that the post has from then on. A step of a command,
 * inside its transaction, which holds the post.
 */
export async function keepRevisions(tx: Tx, post: WorkingPost, { after, by, keepsBefore, isAct, raises }: Change, now: Date): Promise<number> {
  const before = presentText(post);
  const last = await tx.postRevision.findFirst({ where: { postId: post.id }, orderBy: { revision: 'desc' }, select: { revision: true, title: true, html: true, excerpt: true, byId: true, createdAt: true } });
  let [used, newest]: [number, Shown | null] = [last?.revision ?? 0, last];
  const write = async (text: RevisionText, revision: number, byId: string | null, createdAt: Date): Promise<void> => {
    [used, newest] = [revision, text];
    await tx.postRevision.create({ data: { id: newId(), postId: post.id, revision, ...text, byId, createdAt }, select: { id: true } });
  };
  const isLost = last ? keepsBefore && !isSameText(last, before) : !isSameText(before, after);
  if (isLost) await write(before, Math.max(post.revision, used + 1), last?.byId ?? null, post.workingCopy?.savedAt ?? post.updatedAt);
  const isDue = isAct || !last || last.byId !== by || last.createdAt.getTime() < now.getTime() - AGAIN_MS;
  const isNew = newest ? !isSameText(newest, after) : !isSameText(before, after);
  if (isDue && isNew) await write(after, Math.max(post.revision, used) + 1, by, now);
  else if (raises) return Math.max(post.revision, used) + 1;
  return Math.max(post.revision, used);
}

/** Writes down the first text of a new post. */
export async function keepFirstRevision(tx: Tx, postId: string, text: RevisionText, byId: string, now: Date): Promise<void> {
  await tx.postRevision.create({ data: { id: newId(), postId, revision: 1, ...text, byId, createdAt: now }, select: { id: true } });
}
