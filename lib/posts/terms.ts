import { db, type Tx } from '../db/client';
import { newId } from '../ids';
import { cleanText } from '../text/clean';
import { slugOf } from '../text/slug';
import { SLUG_MAX_CHARS } from './schema';

const SUGGESTIONS_MAX = 1_000;

/** A name as it is kept: one line, single spaces. */
const tidy = (name: string): string => cleanText(name).replace(/\s+/g, ' ').trim();

/** Names without doubles; large and small letters are the same. The first of two counts. */
export function tidyTerms(names: string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names.map(tidy)) if (name !== '' && !byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()];
}

type Table = 'category' | 'tag';
type Term = { id: string; name: string };

function readTerms(tx: Tx, table: Table, names: string[]): Promise<Term[]> {
  const where = { OR: names.map((name) => ({ name: { equals: name.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } })) };
  const [select, orderBy] = [{ id: true, name: true }, { id: 'asc' }] as const;
  return table === 'category' ? tx.category.findMany({ where, select, orderBy }) : tx.tag.findMany({ where, select, orderBy });
}

/** The address word of a new term: `c` for C++, where that is taken `c-2`, and so on. */
const wordOf = (name: string, round: number): string => (round === 1 ? slugOf(name) : `${slugOf(name).slice(0, SLUG_MAX_CHARS - 4)}-${round}`);
const ROUNDS_MAX = 200;

/** The ids of terms by name, large or small, made where there are none. Two that make the same at once make one. */
async function idsOf(tx: Tx, table: Table, names: string[]): Promise<string[]> {
  for (let round = 1; names.length > 0 && round <= ROUNDS_MAX; round += 1) {
    const terms = await readTerms(tx, table, names);
    const found = names.map((name) => terms.find((term) => term.name.toLowerCase() === name.toLowerCase())?.id);
    const missing = names.filter((_, at) => found[at] === undefined);
    if (missing.length === 0) return [...new Set(found.flatMap((id) => id ?? []))];
    const data = missing.map((name) => ({ id: newId(), name, slug: wordOf(name, round) }));
    // What another name has taken is left out, and tried again with the next word.
    await (table === 'category' ? tx.category.createMany({ data, skipDuplicates: true }) : tx.tag.createMany({ data, skipDuplicates: true }));
  }
  if (names.length > 0) throw new Error('No address word was free for a category or tag.');
  return [];
}

/** Files a post under these categories and tags and no others, by name; new ones are made. A step of a command, inside its transaction. */
export async function setTerms(tx: Tx, postId: string, { categories, tags }: { categories: string[]; tags: string[] }): Promise<void> {
  const [categoryIds, tagIds] = [await idsOf(tx, 'category', categories), await idsOf(tx, 'tag', tags)];
  await tx.postCategory.deleteMany({ where: { postId, categoryId: { notIn: categoryIds } } });
  await tx.postCategory.createMany({ data: categoryIds.map((categoryId) => ({ postId, categoryId })), skipDuplicates: true });
  await tx.postTag.deleteMany({ where: { postId, tagId: { notIn: tagIds } } });
  await tx.postTag.createMany({ data: tagIds.map((tagId) => ({ postId, tagId })), skipDuplicates: true });
}

/** The names to choose from: every category, by name, and the tags that are used most. */
export async function listTermNames(): Promise<{ categories: string[]; tags: string[] }> {
  const [categories, tags] = await Promise.all([
    db().category.findMany({ select: { name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: SUGGESTIONS_MAX }),
    db().tag.findMany({ select: { name: true }, orderBy: [{ posts: { _count: 'desc' } }, { name: 'asc' }], take: SUGGESTIONS_MAX }),
  ]);
  return { categories: [...new Set(categories.map(({ name }) => name))], tags: [...new Set(tags.map(({ name }) => name))] };
}
