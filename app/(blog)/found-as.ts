import type { Metadata } from 'next';
import { currentAnswer } from '@/lib/answer';
import { SHARE_HEIGHT_PX, SHARE_WIDTH_PX } from '@/lib/media/share-size';
import { feedPath } from '@/lib/posts/feed-paths';
import { SITE_SHARE_PATH, sharePath } from '@/lib/posts/share-paths';
import type { PostView } from '@/lib/posts/queries';
import { authorPath } from '@/lib/posts/rules';
import type { Words } from '@/lib/words/en';
import { t } from '@/lib/words/t';
import { look, site } from './once';
import { siteIcons } from './site-icons';

export type Found = {
  /** Of the page alone; null: it is the blog's front page. */
  title: string | null;
  description?: string;
  /** What the page is, for one that has no description: its words, with its title. */
  about: keyof Words['layout']['about'];
  /** The one address under which it is to be found. */
  path: string;
  /** What has feeds of its own besides those of the blog, by the address of that, with a name. */
  feeds?: { base: string; title: string }[];
  post?: PostView;
  /** Where other sites tell of pages that link to this one. */
  mentionsAt?: string;
};

/** How a page is found and shared: title, canonical address, feeds, and what networks show of it (ogp.me). */
export async function foundAs({ title, description, about, path, feeds = [], post, mentionsAt }: Found): Promise<Metadata> {
  const [{ title: blog, tagline, language }, { icon }] = await Promise.all([site(), look()]);
  const words = { title: title ?? blog, description: (description || (title === null && tagline)) || t(`layout.about.${about}`, { title: title ?? blog, blog }) };
  const image = { url: post ? sharePath(post) : SITE_SHARE_PATH, width: SHARE_WIDTH_PX, height: SHARE_HEIGHT_PX, alt: words.title };
  const all = [{ base: '/', title: blog }, ...feeds];
  const typed = (form: 'xml' | 'json') => all.map((feed) => ({ url: feedPath(feed.base, form), title: feed.title }));
  return {
    ...(title !== null && { title }),
    description: words.description,
    alternates: { canonical: path, types: { 'application/rss+xml': typed('xml'), 'application/feed+json': typed('json') } },
    openGraph: { ...words, url: path, siteName: blog, locale: language.replace('-', '_'), images: [image], ...(post ? article(post) : { type: 'website' }) },
    twitter: { card: 'summary_large_image', ...words, images: [image] },
    ...(post && !post.isListed && { robots: { index: false } }),
    // The only links of any kind that Next's metadata has. One that a component renders stands now before, now behind the rest:
    // the same page would not be the same bytes.
    ...(mentionsAt && { icons: { ...siteIcons(icon), other: [{ rel: 'webmention', url: mentionsAt }] } }),
  };
}

function article({ kind, publishedAt, updatedAt, author, categories, tags }: PostView) {
  if (kind === 'page') return { type: 'website' as const };
  return {
    type: 'article' as const, publishedTime: publishedAt.toISOString(), modifiedTime: updatedAt.toISOString(),
    authors: [author.slug ? currentAnswer().origin + authorPath(author.slug) : author.name], section: categories[0]?.name, tags: tags.map(({ name }) => name),
  };
}
