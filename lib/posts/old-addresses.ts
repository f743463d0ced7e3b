import { findPageOfOldThread } from '../comments/old-pages';
import { discussionPath } from '../comments/rules';
import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { findSite } from '../site/queries';
import { dayIn, monthRange } from '../site/rules';
import { commentsFeedPath, feedPath, postFeedPath } from './feed-paths';
import { legacyAsk, type LegacyAsk, type OldQuery, type TermKind } from './legacy-ask';
import { findAuthor, findCategory, findTag, listPosts, type PostFilter } from './lists';
import { findOldFile } from './old-files';
import { outAt, publicAt } from './queries';
import { authorPath, categoryPath, isOut, isPublished, listPath, monthPath, postPath, searchPath, tagPath, yearPath } from './rules';
import { canonicalPath, fixedPlace } from './schema';

const columns = { id: true, kind: true, slug: true, authorId: true, status: true, publishedAt: true, author: { select: { emailVerified: true } } } as const satisfies Prisma.PostSelect;
type OldPost = Prisma.PostGetPayload<{ select: typeof columns }>;

/**
 * Where a post, its comments or their feed are. Pages have no feed of their own, and what stands in no list has none at
 * all. Of a post with a password only its address is told.
 */
async function placeOf(post: OldPost, { view, commentPage }: LegacyAsk): Promise<string | null> {
  if (view !== 'itself') return post.status !== 'published' ? null : post.kind === 'post' ? postFeedPath(post.slug) : commentsFeedPath();
  if (commentPage === 1 || post.status === 'password') return postPath(post);
  return discussionPath(post, await findPageOfOldThread({ id: post.id, authorId: post.authorId, authorIsClaimed: post.author.emailVerified !== null }, commentPage));
}

/** `stage`: what may be led to. What can be counted through (`?p=21`) leads to what is listed alone: an unlisted post is for whoever knows its address. */
async function placeOfFirst(where: Prisma.PostWhereInput, ask: LegacyAsk, stage: Prisma.PostWhereInput): Promise<string | null> {
  const post = await db().post.findFirst({ where: { AND: [where, stage] }, orderBy: { id: 'asc' }, select: columns });
  return post && placeOf(post, ask);
}

/** Whether a path is an old address itself, in whichever way it may be read: from one to the next could go round in a circle. */
async function leadsOn(place: string): Promise<boolean> {
  const path = canonicalPath(place.split('#')[0] ?? '');
  const thing = legacyAsk(path, {})?.thing;
  const others = thing?.kind === 'path' ? thing.paths : thing?.kind === 'number' ? [`/?attachment_id=${thing.number}`] : [];
  return (await db().redirect.findFirst({ where: { path: { in: [path, ...others] } }, select: { path: true } })) !== null;
}

/** By the addresses that an import or a change of an address kept, the first of `paths` that leads to something. */
async function byRedirect(paths: string[], ask: LegacyAsk, now: Date, mayBe: typeof isOut = isOut): Promise<string | null> {
  const redirects = await db().redirect.findMany({ where: { path: { in: paths } }, select: { path: true, to: true, post: { select: columns } } });
  for (const path of paths) {
    const found = redirects.find((redirect) => redirect.path === path);
    const itself = found?.post && mayBe(found.post, now) ? await placeOf(found.post, ask) : null;
    if (itself) return itself;
    const place = found?.to ? fixedPlace(found.to) : null;
    if (place && !(await leadsOn(place))) return place;
  }
  return null;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DATED = /^\/(\d{4})\/(\d\d)(?:\/\d\d)?\/([^/]+)$/;

/** What a path says of a post where none is kept for it: our own addresses, and a date with a name, as WordPress guesses. */
function meantBy(path: string): Prisma.PostWhereInput[] {
  const [, own, slug] = /^\/(posts\/)?([^/]+)$/.exec(path) ?? [];
  if (slug) return [{ kind: own ? 'post' : 'page', slug }];
  const [, year, month, name] = DATED.exec(path) ?? [];
  if (!name) return [];
  const first = Date.UTC(Number(year), Number(month) - 1, 1);
  // The old blog's days began in a zone of its own.
  return [{ kind: 'post', slug: name, publishedAt: { gte: new Date(first - DAY_MS), lt: new Date(first + 33 * DAY_MS) } }];
}

async function byPath(paths: string[], ask: LegacyAsk, now: Date): Promise<string | null> {
  const kept = await byRedirect(paths, ask, now);
  if (kept) return kept;
  const file = await findOldFile(paths[0] ?? '');
  if (file) return file;
  for (const path of paths) {
    const [where] = meantBy(path);
    const place = where ? await placeOfFirst(where, ask, outAt(now)) : null;
    if (place) return place;
  }
  return null;
}

async function importedAs(kind: string, externalId: string): Promise<string[]> {
  const keys = await db().importKey.findMany({ where: { kind, externalId, targetId: { not: null } }, select: { targetId: true } });
  return keys.flatMap((key) => key.targetId ?? []);
}

/** A post or page, or a picture, which leads to the post it belongs to. Of one that came and is gone, nothing. */
async function byNumber(number: string, ask: LegacyAsk, now: Date): Promise<string | null> {
  const ids = await importedAs('post', number);
  const post = ids.length > 0 ? await placeOfFirst({ id: { in: ids } }, ask, publicAt(now)) : null;
  return post ?? byRedirect([`/?attachment_id=${number}`], ask, now, isPublished);
}

/** A month of the blog has no feed of its own. */
const feedOf = (base: string, { by }: PostFilter): string => feedPath(by === 'month' ? '/' : base);

// A page number of the old blog may not exist here, where lists are cut differently: then the list itself.
async function placeOfList(base: string, filter: PostFilter, { page, view }: LegacyAsk, now: Date): Promise<string> {
  if (view !== 'itself') return feedOf(base, filter);
  const exists = page === 1 || (await listPosts(filter, page, (await findSite()).postsPerPage, now)) !== null;
  return listPath(base, exists ? page : 1);
}

async function byDates(base: string, filter: PostFilter, ask: LegacyAsk, now: Date): Promise<string | null> {
  const first = await listPosts(filter, 1, 1, now);
  return first?.posts.length ? placeOfList(base, filter, ask, now) : null;
}

// Its month began in a zone of the old blog's: a post of its last hours may be of the next month here.
async function byMonth({ year, month }: { year: number; month: number }, ask: LegacyAsk, now: Date): Promise<string | null> {
  const { timeZone } = await findSite();
  const range = monthRange(year, month, timeZone);
  const found = await byDates(monthPath(year, month), { by: 'month', ...range }, ask, now);
  if (found) return found;
  const { from, to } = { from: new Date(range.from.getTime() - DAY_MS), to: new Date(range.to.getTime() + DAY_MS) };
  const [beside] = (await listPosts({ by: 'month', from, to }, 1, 1, now))?.posts ?? [];
  if (!beside) return null;
  const [there, then] = dayIn(beside.publishedAt, timeZone).split('-').map(Number);
  return ask.view === 'itself' ? monthPath(there!, then!) : feedPath('/');
}

async function byTermSlug(of: TermKind, slug: string, ask: LegacyAsk, now: Date): Promise<string | null> {
  if (of === 'category') {
    const found = await findCategory(slug, now);
    return found && placeOfList(categoryPath(found.slug), { by: 'category', ids: found.ids }, ask, now);
  }
  const found = await (of === 'tag' ? findTag : findAuthor)(slug, now);
  return found && placeOfList(of === 'tag' ? tagPath(found.slug) : authorPath(found.slug), { by: of, id: found.id }, ask, now);
}

/** By what an import kept of a category, tag or author: its number or its name there. Its name here may be another. */
async function byTermKey(of: TermKind, key: 'number' | 'slug', externalId: string, ask: LegacyAsk, now: Date): Promise<string | null> {
  const ids = await importedAs(key === 'number' ? `${of}-number` : of === 'author' ? 'author-slug' : of, externalId);
  if (ids.length === 0) return null;
  const one = { where: { id: { in: ids } }, select: { slug: true } } as const;
  const row = await (of === 'category' ? db().category.findFirst(one) : of === 'tag' ? db().tag.findFirst(one) : db().user.findFirst(one));
  return row?.slug ? byTermSlug(of, row.slug, ask, now) : null;
}

async function byAsk(ask: LegacyAsk, now: Date): Promise<string | null> {
  const { thing, view } = ask;
  switch (thing.kind) {
    case 'path': return byPath(thing.paths, ask, now);
    case 'number': return byNumber(thing.number, ask, now);
    case 'name': return placeOfFirst({ kind: 'post', slug: thing.slug }, ask, outAt(now));
    case 'term-number': return byTermKey(thing.of, 'number', thing.number, ask, now);
    // Two authors of one name: who came with the old blog is meant.
    case 'term': return (await byTermKey(thing.of, 'slug', thing.slug, ask, now)) ?? byTermSlug(thing.of, thing.slug, ask, now);
    case 'year': {
      const { timeZone } = await findSite();
      return byDates(yearPath(thing.year), { by: 'month', from: monthRange(thing.year, 1, timeZone).from, to: monthRange(thing.year, 12, timeZone).to }, ask, now);
    }
    case 'month': return byMonth(thing, ask, now);
    case 'front': return view === 'comments' ? commentsFeedPath() : placeOfList('/', { by: 'all' }, ask, now);
    case 'search': return searchPath(thing.words);
    case 'sitemap': return '/sitemap.xml';
    case 'sign-in': return '/sign-in';
  }
}

/**
 * Where an address of the imported blog leads now, as a path of this one, or null. Only to what is public at `now`,
 * and always to the last address, so that a redirect is one hop; a handful of indexed queries whatever is asked.
 * An address that was kept comes before what its shape says. `path` may be encoded or not, with or without its last
 * slash; what PostgreSQL cannot hold finds nothing.
 */
export async function findLegacyTarget(path: string, query: OldQuery, now: Date): Promise<string | null> {
  const old = canonicalPath(path);
  const isAsked = Object.values(query).some((value) => value !== undefined);
  const hasUnstorable = [old, ...Object.values(query)].some((text) => text.includes('\0') || !text.isWellFormed());
  const ask = hasUnstorable ? null : legacyAsk(old, query);
  if (!ask) return null;
  const isOurs = ['path', 'front', 'sitemap', 'sign-in'].includes(ask.thing.kind);
  const kept = isAsked || isOurs ? null : await byRedirect([old], ask, now);
  const target = kept ?? (await byAsk(ask, now));
  return target === null || (!isAsked && canonicalPath(target) === old) ? null : target;
}
