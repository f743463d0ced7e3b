import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SearchScreen } from '@/components/posts/search-screen';
import { answerWith } from '@/lib/answer';
import { parsePageNumber } from '@/lib/posts/schema';
import { searchPosts } from '@/lib/posts/search';
import type { SearchParams } from '../old-query';
import { requestTime, site } from '../once';

export const metadata: Metadata = { title: 'Search', robots: { index: false } };

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

/** The posts that say the words asked for. Never kept: what anybody looks for is their own. */
export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const { q, page } = await searchParams;
  const words = one(q).toWellFormed().trim();
  const number = page === undefined ? 1 : parsePageNumber(one(page));
  if (number === null) notFound();
  const settings = await site();
  const found = words === '' ? undefined : await searchPosts(words, number, settings.postsPerPage, requestTime());
  if (found === null) notFound();
  if (found === 'too-many') answerWith(503, 1);
  return <SearchScreen words={words} found={found} site={settings} />;
}
