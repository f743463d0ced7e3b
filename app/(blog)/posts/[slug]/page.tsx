import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { PostArticle } from '@/components/posts/post-article';
import { findNeighbours, findPost, type PostView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { requestTime, site } from '../../once';

type Props = { params: Promise<{ slug: string }> };

const postAt = cache(async (segment: string): Promise<PostView> => {
  const slug = parseSlug(segment);
  return (slug !== null && (await findPost(slug, requestTime()))) || notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const post = await postAt((await params).slug);
  return { title: post.title, description: post.excerpt || undefined, alternates: { canonical: postPath(post) } };
}

export default async function Page({ params }: Props) {
  const post = await postAt((await params).slug);
  const [settings, neighbours] = await Promise.all([site(), findNeighbours(post, requestTime())]);
  return <PostArticle post={post} site={settings} neighbours={neighbours} />;
}
