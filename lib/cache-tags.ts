import { createHash } from 'node:crypto';

/**
 * What a kept page shows, so that a change can name the pages it touches: `site` (title, settings), `posts` (which posts
 * and pages there are, their names, order and writers), `post:ID` (the published comments of one, and their count),
 * `picture:SHA256` (whether a person's picture may be shown).
 */
export type Tag = 'site' | 'posts' | `post:${string}` | `picture:${string}`;

export const postTag = (id: string): Tag => `post:${id}`;
export const pictureTag = (sha256: string): Tag => `picture:${sha256}`;

/** How many versions there are. Two tags in one slot are forgotten together, which costs a rendering and nothing else. */
export const SLOTS = 64;

const known = new Map<Tag, number>([]);
const KNOWN_MAX = 10_000;

/** The slot of table "PageVersion" in which a tag's changes are counted: the same in every process, for good. */
export function slotOf(tag: Tag): number {
  const remembered = known.get(tag);
  if (remembered !== undefined) return remembered;
  const slot = createHash('sha256').update(tag).digest().readUInt32BE() % SLOTS;
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(tag, slot);
  return slot;
}
