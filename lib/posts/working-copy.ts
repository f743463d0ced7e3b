import { db, type Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { fail, type Failure } from '../result';
import { wallClockIn, writtenTime } from '../site/rules';
import type { SiteLocale } from '../site/schema';
import { cleanText } from '../text/clean';
import { t } from '../words/t';
import { keptFieldsSchema, type PostFields, type Saved } from './post-form';
import { listOtherWindows } from './presence';
import { closingColumns } from './rules';
import { isMadeOf } from './slug-rules';
import { readersPath, stateOf } from './states';
import { termNamesMark } from './term-names';
import { tidyTerms } from './terms';

const term = { select: { name: true } } as const;
/** What saves and acts need to know of a post: its row, and what is being changed in it. */
export const workingColumns = {
  id: true, kind: true, slug: true, title: true, source: true, html: true, excerpt: true, isOwnExcerpt: true, status: true, revision: true, password: true,
  updatedAt: true, authorId: true, sticky: true, care: true, coverId: true, coverAlt: true, coverFocusX: true, coverFocusY: true, trashedAt: true, trashedFrom: true, ...closingColumns,
  categories: { select: { category: term }, orderBy: { category: { name: 'asc' } } },
  tags: { select: { tag: term }, orderBy: { tag: { name: 'asc' } } },
  workingCopy: { select: { fields: true, version: true, savedAt: true, savedBy: { select: { id: true, name: true, slug: true } } } },
} as const satisfies Prisma.PostSelect;
export type WorkingPost = Prisma.PostGetPayload<{ select: typeof workingColumns }>;

export const notYours = (): Failure => fail('not-found', t('posts.refused.notThere'));

/** The post, locked: what is changed at the same moment is changed before or after. What is in the trash, too. */
export async function lockPost(tx: Tx, id: string): Promise<WorkingPost | null> {
  const locked = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Post" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return locked.length === 0 ? null : tx.post.findUniqueOrThrow({ where: { id }, select: workingColumns });
}

/** What a save or act has to have seen: it changes with everything that is saved. */
export const seenOf = (post: Pick<WorkingPost, 'revision'> & { workingCopy: { version: number } | null }): string => `${post.revision}.${post.workingCopy?.version ?? 0}`;

/** What stands in a post's own row, as its editor has it. The word of an address is empty while it is made of the title. */
export function rowFields(post: WorkingPost): PostFields {
  const { title, html, kind, sticky, coverId, coverAlt, coverFocusX, coverFocusY } = post;
  const isOpen = post.status === 'draft' && post.publishedAt === null && isMadeOf(post.slug, title);
  return {
    title, html, sticky,
    excerpt: post.isOwnExcerpt ? post.excerpt : '',
    slug: isOpen ? '' : post.slug,
    cover: coverId === null ? null : { assetId: coverId, alt: coverAlt, focusX: coverFocusX, focusY: coverFocusY },
    categories: kind === 'page' ? [] : post.categories.map(({ category }) => category.name),
    tags: kind === 'page' ? [] : post.tags.map(({ tag }) => tag.name),
  };
}

/** What was saved last: the copy that is being changed, or the row. */
export function workingFields(post: WorkingPost): PostFields {
  const copy = post.workingCopy && keptFieldsSchema.safeParse(post.workingCopy.fields);
  return copy?.success ? copy.data : rowFields(post);
}

/** What was sent, as it can be kept: of a page no categories, tags and place at the top; names tidy. `html`: the safe text. */
export function tidyFields(fields: PostFields, kind: 'post' | 'page', html: string): PostFields {
  const isPost = kind === 'post';
  return {
    title: cleanText(fields.title).replace(/\s+/g, ' ').trim(), html,
    excerpt: cleanText(fields.excerpt).trim(),
    slug: cleanText(fields.slug).trim(),
    cover: fields.cover && { ...fields.cover, alt: cleanText(fields.cover.alt).trim() },
    categories: isPost ? tidyTerms(fields.categories) : [],
    tags: isPost ? tidyTerms(fields.tags) : [],
    sticky: isPost && fields.sticky,
  };
}

/** Whether two say the same. `slug`: the present word, which is the same as none where none is chosen. */
export function saysTheSame(one: PostFields, other: PostFields, slug: string): boolean {
  const mark = ({ cover, ...fields }: PostFields) => JSON.stringify([
    fields.title, fields.html, fields.excerpt, fields.slug === slug ? '' : fields.slug, fields.sticky,
    cover && [cover.assetId, cover.alt, cover.focusX, cover.focusY], termNamesMark(fields.categories), termNamesMark(fields.tags),
  ]);
  return mark(one) === mark(other);
}

/** How a post stands, for whoever changes it. `tab`: the window that is not told of itself. */
export async function savedOf(tx: Tx, post: WorkingPost, { tab, userId }: { tab: string | null; userId: string }, { timeZone }: Pick<SiteLocale, 'timeZone'>, now: Date): Promise<Saved> {
  const at = post.publishedAt;
  return {
    id: post.id, seen: seenOf(post), slug: post.slug, password: post.password ?? '',
    savedAt: (post.workingCopy?.savedAt ?? post.updatedAt).toISOString(),
    state: stateOf(post, now),
    at: at && at.toISOString(),
    wallClock: at ? wallClockIn(at, timeZone) : '',
    path: readersPath(post, now),
    isAhead: post.workingCopy !== null,
    others: await listOtherWindows(tx, post.id, { tab, userId }, now),
  };
}

/** The same of a post that was changed in this transaction. */
export const savedNow = async (tx: Tx, id: string, ...rest: [{ tab: string | null; userId: string }, Pick<SiteLocale, 'timeZone'>, Date]): Promise<Saved> =>
  savedOf(tx, await tx.post.findUniqueOrThrow({ where: { id }, select: workingColumns }), ...rest);

async function lastSaver(tx: Tx, post: WorkingPost): Promise<{ id: string; name: string | null; slug: string | null } | null> {
  if (post.workingCopy) return post.workingCopy.savedBy;
  const last = await tx.postRevision.findFirst({ where: { postId: post.id }, orderBy: { revision: 'desc' }, select: { by: { select: { id: true, name: true, slug: true } } } });
  return last?.by ?? null;
}

/** The refusal of a save or act that has not seen the present text: who saved it, when. `fields.seen`: by which it can be put over that all the same. */
export async function conflictOf(tx: Tx, post: WorkingPost, userId: string, site: SiteLocale): Promise<Failure> {
  const by = await lastSaver(tx, post);
  const when = writtenTime(post.workingCopy?.savedAt ?? post.updatedAt, site);
  const name = by?.name || by?.slug;
  const others = name ? t('posts.saving.conflict', { name, when }) : t('posts.saving.unknownConflict', { when });
  return fail('conflict', by?.id === userId ? t('posts.saving.ownConflict', { when }) : others, { fields: { seen: seenOf(post) } });
}

/** The refusal to change what is in the trash. */
export const inTrash = ({ kind }: Pick<WorkingPost, 'kind'>): Failure => fail('conflict', t('posts.saving.inTrash', { kind }));

/** Whether a picture is kept; one that was deleted meanwhile is no cover. */
export const isKept = async (assetId: string, tx: Tx = db()): Promise<boolean> => (await tx.mediaAsset.count({ where: { id: assetId } })) > 0;
