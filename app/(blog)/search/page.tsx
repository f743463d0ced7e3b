import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SearchScreen } from '@/components/posts/search-screen';
import { answerWith } from '@/lib/answer';
import { searchComments } from '@/lib/comments/search';
import type { Searched } from '@/lib/posts/rules';
import { parsePageNumber } from '@/lib/posts/schema';
import { searchPosts } from '@/lib/posts/search';
import { t } from '@/lib/words/t';
import type { SearchParams } from '../old-query';
import { requestTime, site } from '../once';

export const generateMetadata = (): Metadata => ({ title: t('posts.search.heading'), robots: { index: false } });

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

const SEARCHES = { posts: searchPosts, comments: searchComments };

/** The posts, or by choice the comments, that say the words asked for. Never kept: what anybody looks for is their own. */
export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const { q, page, in: where } = await searchParams;
  const words = one(q).toWellFormed().trim();
  const searched: Searched = one(where) === 'comments' ? 'comments' : 'posts';
  const number = page === undefined ? 1 : parsePageNumber(one(page));
  if (number === null) notFound();
  const settings = await site();
  const found = words === '' ? undefined : await SEARCHES[searched](words, number, settings.postsPerPage, requestTime());
  if (found === null) notFound();
  if (found === 'too-many') answerWith(503, 1);
  return <SearchScreen words={words} searched={searched} found={found} site={settings} />;
}
