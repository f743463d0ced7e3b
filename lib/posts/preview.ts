import { hideFromSearch } from '../answer';
import { db } from '../db/client';
import { slugOf } from '../text/slug';
import { coverColumns, coverOf, type CoverView } from './pictures';
import { postFieldsSchema, type PostFields } from './post-form';
import { postTextOf } from './post-text';
import { fullView, shownText, titled, toPost, type PostView, type TermView } from './queries';
import { isOut } from './rules';

/** What somebody with the link of a preview sees. `isOut`: readers find the post at its address already; what is shown here may be ahead of that. */
export type PreviewView = { post: PostView; isOut: boolean };

const TOKEN = /^[\w-]{43}$/;

/**
 * A post or page as it will look, by the link to its preview: with what is saved of it and not out yet. Null for a link
 * that is unknown or was taken back, and for what is in the trash: nobody learns which. Not to be kept.
 */
export async function findPreview(token: string, now: Date): Promise<PreviewView | null> {
  hideFromSearch();
  const found = TOKEN.test(token)
    ? await db().post.findFirst({ where: { previewToken: token, status: { not: 'trash' } }, select: { ...fullView, workingCopy: { select: { fields: true } } } })
    : null;
  if (!found) return null;
  const { workingCopy, ...row } = found;
  const fields = postFieldsSchema.safeParse(workingCopy?.fields);
  const post = await toPost(row, now);
  return { post: fields.success ? { ...post, ...(await shownOf(fields.data)) } : post, isOut: isOut(found, now) };
}

async function shownOf({ title, html, cover, categories, tags }: PostFields): Promise<Pick<PostView, 'title' | 'html' | 'contents' | 'cover' | 'categories' | 'tags'>> {
  // As an act will make it, of the same text.
  const [text, picture] = await Promise.all([postTextOf(html), coverThen(cover)]);
  return { title: titled(title), ...(await shownText(text.html, picture !== null)), cover: picture, categories: termsOf(categories), tags: termsOf(tags) };
}

async function coverThen(cover: PostFields['cover']): Promise<CoverView | null> {
  const asset = cover && (await db().mediaAsset.findUnique({ where: { id: cover.assetId }, ...coverColumns.cover }));
  return cover && coverOf({ cover: asset, coverAlt: cover.alt, coverFocusX: cover.focusX, coverFocusY: cover.focusY });
}

// One that is new has no page yet.
const termsOf = (names: string[]): TermView[] => names.map((name) => ({ name, slug: slugOf(name) }));
