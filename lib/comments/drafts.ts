import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { findPostId } from '../posts/queries';
import { parseSlug } from '../posts/schema';
import { enteredSchema, type EnteredComment } from './box';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How a browser may be known (lib/identity/session.ts); none: it is not. */
type BrowserHashes = readonly string[];
const of = (browser: BrowserHashes) => ({ browserHash: { in: [...browser] } });

/**
 * Keeps what somebody was writing while they go to sign in: for a day, one text for each post and browser, for that
 * browser alone. Nothing where nothing was typed, or the writer may not read the post.
 */
export async function keepDraft(browserHash: string, box: { post: string; parent: string }, entered: EnteredComment, now: Date, writer?: Actor): Promise<void> {
  const isEmpty = Object.values(entered).every((value) => typeof value !== 'string' || value.trim() === '');
  const postId = isEmpty ? null : await findPostId(box.post, now, writer);
  if (postId === null) return;
  const kept = { parent: box.parent.slice(0, 12), entered: enteredSchema.parse(entered), createdAt: now, expires: new Date(now.getTime() + DAY_MS) };
  await db().$transaction([
    db().commentDraft.deleteMany({ where: { expires: { lt: now } } }),
    db().commentDraft.upsert({ where: { browserHash_postId: { browserHash, postId } }, create: { browserHash, postId, ...kept }, update: kept }),
  ]);
}

/** What this browser's writer was writing under a post, or null. */
export async function findDraft(browser: BrowserHashes, postId: string, now: Date): Promise<EnteredComment | null> {
  const draft = await db().commentDraft.findFirst({ where: { ...of(browser), postId, expires: { gt: now } }, select: { entered: true }, orderBy: { expires: 'desc' } });
  const entered = draft ? enteredSchema.safeParse(draft.entered) : null;
  return entered?.success ? entered.data : null;
}

/** Whether this browser has a text for the box that stands at this path. */
export async function hasDraft(browser: BrowserHashes, replyPath: string, now: Date): Promise<boolean> {
  const slug = parseSlug(/^\/posts\/([^/?#]+)\/reply/.exec(replyPath)?.[1] ?? '');
  if (slug === null) return false;
  return (await db().commentDraft.count({ where: { ...of(browser), expires: { gt: now }, post: { slug, kind: 'post' } } })) > 0;
}

/** Forgets it, once it is posted. */
export async function forgetDraft(browser: BrowserHashes, slug: string): Promise<void> {
  await db().commentDraft.deleteMany({ where: { ...of(browser), post: { slug, kind: 'post' } } });
}

/** Forgets all that was being written in this browser: whoever signs out may leave it to somebody else. */
export async function forgetDrafts(browser: BrowserHashes): Promise<void> {
  await db().commentDraft.deleteMany({ where: of(browser) });
}
