import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { PageWhole } from '@/app/(blog)/[slug]/page-screen';
import { requestTime } from '@/app/(blog)/once';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { t } from '@/lib/words/t';
import { readPlace, unlockedPost } from '../../../read-post';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ slug: string; rest?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await unlockedPost('page', (await params).slug);
  return { title: page?.title ?? t('layout.pages.notFoundShort'), robots: { index: false } };
}

/** A page with a password, for whoever has said it: never kept. An old blog may have had a page `read` here. */
export default async function Page({ params }: Props) {
  const { slug, rest = [] } = await params;
  const page = await unlockedPost('page', slug);
  if (page) return <PageWhole page={page} place={readPlace(page, rest)} />;
  const target = await findLegacyTarget(`/${[slug, 'read', ...rest].join('/')}`, {}, requestTime());
  return target ? permanentRedirect(target) : notFound();
}
