import type { Tx } from '../db/client';
import { slugOf } from '../text/slug';
import { postPath } from './rules';
import { canonicalPath } from './schema';
import { isMadeOf, isReserved, nthSlug, wishedSlug } from './slug-rules';

const TRIED_AT_ONCE = 20;

type Kind = 'post' | 'page';
type Wish = { id: string; kind: Kind; /** The word it has; null: none yet. */ present: string | null; /** As it was typed; empty: made of the title. */ typed: string; title: string };

/** In which form an address of ours stands in the table of old ones. */
const pathOf = (kind: Kind, slug: string): string => canonicalPath(postPath({ kind, slug }));

async function firstFree(tx: Tx, { id, kind }: Wish, base: string, isMade: boolean): Promise<string> {
  for (let from = 1; ; from += TRIED_AT_ONCE) {
    const words = Array.from({ length: TRIED_AT_ONCE }, (_, n) => nthSlug(base, from + n));
    const taken = new Set((await tx.post.findMany({ where: { kind, slug: { in: words }, id: { not: id } }, select: { slug: true } })).map(({ slug }) => slug));
    // A word that was only made takes no old address from another post, but from one in the trash; one that was typed does.
    const old = isMade ? await tx.redirect.findMany({ where: { path: { in: words.map((word) => pathOf(kind, word)) }, OR: [{ postId: null }, { postId: { not: id }, post: { status: { not: 'trash' } } }] }, select: { path: true } }) : [];
    const led = new Set(old.map(({ path }) => path));
    const free = words.find((word) => !taken.has(word) && !isReserved(kind, word) && !led.has(pathOf(kind, word)));
    if (free !== undefined) return free;
  }
}

/** What is in the trash gives its word to whoever wants it, as in WordPress. */
async function takeFromTrash(tx: Tx, kind: Kind, id: string, slug: string): Promise<void> {
  const holder = await tx.post.findFirst({ where: { kind, slug, status: 'trash', id: { not: id } }, select: { id: true, title: true } });
  if (!holder) return;
  const other = await firstFree(tx, { id, kind, present: slug, typed: slug, title: holder.title }, `${nthSlug(slug, 1).slice(0, 180)}-trashed`, true);
  // Somebody may be bringing it back just now: then its word is taken.
  await tx.post.updateMany({ where: { id: holder.id, status: 'trash' }, data: { slug: other } });
}

/**
 * The word by which a post is addressed: what was typed, or made of its title, with `-2` where that is taken, or, of a
 * page, belongs to the blog. What it has and still fits stays. A step of a command, inside its transaction: a second one
 * that takes the same word at the same moment fails by the unique key, and is to be tried again (`withFreeSlug`).
 */
export async function chooseSlug(tx: Tx, wish: Wish): Promise<string> {
  const { id, kind, present, typed, title } = wish;
  const isUsable = present !== null && !isReserved(kind, present);
  if (isUsable && typed === present) return present;
  const wished = wishedSlug(typed);
  if (isUsable && (wished === '' ? isMadeOf(present, title) : wished === present)) return present;
  const base = wished || slugOf(title);
  await takeFromTrash(tx, kind, id, base);
  return firstFree(tx, wish, base, wished === '');
}

/** Leaves a way from an address that a post had to where it is. A step of a command. */
export async function leaveRedirect(tx: Tx, { id, kind, slug }: { id: string; kind: Kind; slug: string }): Promise<void> {
  const path = pathOf(kind, slug);
  await tx.redirect.upsert({ where: { path }, create: { path, postId: id }, update: { postId: id, to: null } });
}

/** Takes away the old address that is the present one of a post: there it is itself. A step of a command. */
export async function clearRedirect(tx: Tx, { kind, slug }: { kind: Kind; slug: string }): Promise<void> {
  await tx.redirect.deleteMany({ where: { path: pathOf(kind, slug) } });
}

const TRIES_MAX = 20;
const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'P2002';

/** Does a transaction again whose word, or whose post, somebody else made at the same moment. */
export async function withFreeSlug<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES_MAX || !isTaken(error)) throw error;
    }
  }
}
