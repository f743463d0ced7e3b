import { notFound, permanentRedirect } from 'next/navigation';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { requestTime } from '../once';

type Props = { params: Promise<{ path: string[] }> };

/** Every address that is nobody else's: one of the imported blog's leads to where its post is now. */
export default async function Page({ params }: Props) {
  const { path } = await params;
  const target = await findLegacyTarget(`/${path.join('/')}`, {}, requestTime());
  if (!target) notFound();
  permanentRedirect(target);
}
