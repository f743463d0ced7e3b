import { notFound, permanentRedirect } from 'next/navigation';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { oldQueryOf, type SearchParams } from '../old-query';
import { requestTime } from '../once';

type Props = { params: Promise<{ path: string[] }>; searchParams: SearchParams };

/** Every address that is nobody else's: one of the imported blog's leads to where its post is now. */
export default async function Page({ params, searchParams }: Props) {
  const { path } = await params;
  const { query } = await oldQueryOf(searchParams);
  const target = await findLegacyTarget(`/${path.join('/')}`, query, requestTime());
  if (!target) notFound();
  permanentRedirect(target);
}
