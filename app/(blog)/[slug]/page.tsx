import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { PostArticle } from '@/components/posts/post-article';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { findPage, type PostView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { requestTime, site } from '../once';

type Props = { params: Promise<{ slug: string }> };

/** The page, or the way to where an imported blog's address of one part leads now. */
const pageAt = cache(async (segment: string): Promise<PostView> => {
  const slug = parseSlug(segment);
  if (slug === null) notFound();
  const page = await findPage(slug, requestTime());
  if (page) return page;
  const target = await findLegacyTarget(`/${segment}`, {}, requestTime());
  if (!target) notFound();
  permanentRedirect(target);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await pageAt((await params).slug);
  return { title: page.title, description: page.excerpt || undefined, alternates: { canonical: postPath(page) } };
}

export default async function Page({ params }: Props) {
  const page = await pageAt((await params).slug);
  return <PostArticle post={page} site={await site()} />;
}
