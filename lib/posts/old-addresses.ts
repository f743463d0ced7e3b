import { db } from '../db/client';
import { findSite } from '../site/queries';
import { monthRange } from '../site/rules';
import { findAuthor, findCategory, findTag, listPosts, type PostFilter } from './lists';
import { publicAt } from './queries';
import { authorPath, categoryPath, legacyAsk, listPath, monthPath, postPath, tagPath } from './rules';
import { canonicalPath } from './schema';

const address = { kind: true, slug: true } as const;

async function pathOfPost(ids: string[], now: Date): Promise<string | null> {
  const post = await db().post.findFirst({ where: { id: { in: ids }, ...publicAt(now) }, orderBy: { id: 'asc' }, select: address });
  return post && postPath(post);
}

async function redirectFrom(path: string, now: Date): Promise<string | null> {
  const redirect = await db().redirect.findUnique({ where: { path }, select: { postId: true, to: true } });
  if (redirect?.postId) return pathOfPost([redirect.postId], now);
  return redirect?.to ?? null;
}

async function pathOfImported(externalId: string, now: Date): Promise<string | null> {
  const keys = await db().importKey.findMany({
    where: { kind: 'post', externalId, targetId: { not: null } },
    select: { targetId: true },
  });
  return pathOfPost(keys.flatMap((key) => key.targetId ?? []), now);
}

// A page number of the old blog may not exist here, where lists are cut differently: then the list itself.
async function pathOfList(base: string, filter: PostFilter, page: number, now: Date): Promise<string | null> {
  const { postsPerPage } = await findSite();
  const exists = page === 1 || (await listPosts(filter, page, postsPerPage, now)) !== null;
  return listPath(base, exists ? page : 1);
}

async function pathOfMonth(year: number, month: number, page: number, now: Date): Promise<string | null> {
  const filter: PostFilter = { by: 'month', ...monthRange(year, month, (await findSite()).timeZone) };
  const first = await listPosts(filter, 1, 1, now);
  return first?.posts.length ? pathOfList(monthPath(year, month), filter, page, now) : null;
}

async function pathOfAsk(path: string, query: { p?: string; page_id?: string }, now: Date): Promise<string | null> {
  const ask = legacyAsk(path, query);
  if (!ask) return null;
  if (ask.kind === 'id') return pathOfImported(ask.externalId, now);
  if (ask.kind === 'post') return redirectFrom(ask.path, now);
  if (ask.kind === 'month') return pathOfMonth(ask.year, ask.month, ask.page, now);
  if (ask.kind === 'category') {
    const category = await findCategory(ask.slug, now);
    return category && pathOfList(categoryPath(ask.slug), { by: 'category', ids: category.ids }, ask.page, now);
  }
  if (ask.kind === 'tag') {
    const tag = await findTag(ask.slug, now);
    return tag && pathOfList(tagPath(ask.slug), { by: 'tag', id: tag.id }, ask.page, now);
  }
  const author = await findAuthor(ask.slug, now);
  return author && pathOfList(authorPath(ask.slug), { by: 'author', id: author.id }, ask.page, now);
}

/**
 * Where an address of the imported blog leads now, as a path of this one, or null. Only to what is public at `now`,
 * and always to the last address, so that a redirect is one hop. Asks the kept redirects first, then the address's shape.
 * `path` may be encoded or not, with or without its last slash; what PostgreSQL cannot hold finds nothing.
 */
export async function findLegacyTarget(
  path: string,
  query: { p?: string; page_id?: string },
  now: Date,
): Promise<string | null> {
  const old = canonicalPath(path);
  if (!old.isWellFormed()) return null;
  const byQuery = query.p !== undefined || query.page_id !== undefined;
  const target = (byQuery ? null : await redirectFrom(old, now)) ?? (await pathOfAsk(old, query, now));
  return target === null || canonicalPath(target) === old ? null : target;
}
