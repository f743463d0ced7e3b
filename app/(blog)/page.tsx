import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { FrontPage } from './front-page';
import { requestTime } from './once';

export const metadata: Metadata = { alternates: { canonical: '/' } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** The newest posts; `/?p=ID` of an imported blog leads to where that post is now. */
export default async function Page({ searchParams }: Props) {
  const { p, page_id } = await searchParams;
  if (p !== undefined || page_id !== undefined) {
    const target = await findLegacyTarget('/', { p: one(p), page_id: one(page_id) }, requestTime());
    if (!target) notFound();
    permanentRedirect(target);
  }
  return <FrontPage page={1} />;
}
