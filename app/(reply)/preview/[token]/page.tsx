import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requestTime, site } from '@/app/(blog)/once';
import { PostArticle } from '@/components/posts/post-article';
import { PreviewNote } from '@/components/posts/preview-note';
import { tellNoAddress } from '@/lib/answer';
import { findPreview } from '@/lib/posts/preview';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

const previewAt = cache((token: string) => findPreview(token, requestTime()));

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const preview = await previewAt((await params).token);
  return { title: preview ? t('layout.pages.preview', { title: preview.post.title }) : t('layout.pages.notFoundShort'), robots: { index: false, follow: false } };
}

/** A post or page before it is out, for whoever has been given this link: never kept, and nothing is said below it. */
export default async function Page({ params }: Props) {
  tellNoAddress();
  const [preview, settings] = await Promise.all([previewAt((await params).token), site()]);
  if (!preview) notFound();
  return (
    <>
      <PreviewNote isOut={preview.isOut} />
      <PostArticle post={preview.post} site={settings} />
    </>
  );
}
