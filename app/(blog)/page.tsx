import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { foundAs } from './found-as';
import { FrontPage } from './front-page';
import { oldQueryOf, type SearchParams } from './old-query';
import { requestTime } from './once';

export const generateMetadata = (): Promise<Metadata> => foundAs({ title: null, about: 'posts', path: '/' });

/** The newest posts; what an imported blog's front page was asked for (`/?p=ID`, `/?s=words`) leads to where that is now. */
export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const { query, search } = await oldQueryOf(searchParams);
  if (search !== '') {
    const target = await findLegacyTarget('/', query, requestTime());
    if (!target) notFound();
    permanentRedirect(target);
  }
  return <FrontPage page={1} />;
}
