import { db, type Tx } from '../db/client';
import { newId } from '../ids';
import { cleanText } from '../text/clean';
import { slugOf } from '../text/slug';

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
type Term = { id: string; name: string; slug: string };

function readTerms(tx: Tx, table: Table, names: string[]): Promise<Term[]> {
  const where = { OR: [{ slug: { in: names.map(slugOf) } }, ...names.map((name) => ({ name: { equals: name.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } }))] };
  const select = { id: true, name: true, slug: true } as const;
  return table === 'category' ? tx.category.findMany({ where, select }) : tx.tag.findMany({ where, select });
}

/** The ids of terms by name, made where there are none: by name, large or small, else by the address word. Two that make the same at once make one. */
async function idsOf(tx: Tx, table: Table, names: string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const match = (terms: Term[], name: string) => terms.find((term) => term.name.toLowerCase() === name.toLowerCase()) ?? terms.find((term) => term.slug === slugOf(name));
  const before = await readTerms(tx, table, names);
  const wanted = names.filter((name) => !match(before, name)).map((name) => ({ id: newId(), name, slug: slugOf(name) }));
  if (wanted.length > 0) await (table === 'category' ? tx.category.createMany({ data: wanted, skipDuplicates: true }) : tx.tag.createMany({ data: wanted, skipDuplicates: true }));
  const all = wanted.length > 0 ? await readTerms(tx, table, names) : before;
  return [...new Set(names.flatMap((name) => match(all, name)?.id ?? []))];
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
