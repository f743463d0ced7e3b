import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PostWhole } from '@/app/(blog)/posts/[slug]/post-screen';
import { t } from '@/lib/words/t';
import { readPlace, unlockedPost } from '../../../../read-post';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ slug: string; rest?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const post = await unlockedPost('post', (await params).slug);
  return { title: post?.title ?? t('layout.pages.notFoundShort'), robots: { index: false } };
}

/** A post with a password, for whoever has said it: never kept. */
export default async function Page({ params }: Props) {
  const { slug, rest } = await params;
  const post = (await unlockedPost('post', slug)) ?? notFound();
  return <PostWhole post={post} place={readPlace(post, rest)} />;
}
