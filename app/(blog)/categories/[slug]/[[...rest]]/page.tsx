import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ListHeading } from '@/components/posts/list-heading';
import { PostList } from '@/components/posts/post-list';
import { findCategory, listPosts } from '@/lib/posts/lists';
import { categoryPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { listMetadata, listPageOf } from '../../../list-page';
import { requestTime, site } from '../../../once';

type Props = { params: Promise<{ slug: string; rest?: string[] }> };

const categoryAt = cache(async (segment: string) => {
  const slug = parseSlug(segment);
  return (slug !== null && (await findCategory(slug, requestTime()))) || notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, rest } = await params;
  const category = await categoryAt(slug);
  const base = categoryPath(category.slug);
  return listMetadata(category.name, base, listPageOf(base, rest), { about: 'category', description: category.description, hasFeed: true });
}

export default async function Page({ params }: Props) {
  const { slug, rest } = await params;
  const [category, settings] = await Promise.all([categoryAt(slug), site()]);
  const base = categoryPath(category.slug);
  const list = await listPosts({ by: 'category', ids: category.ids }, listPageOf(base, rest), settings.postsPerPage, requestTime());
  if (!list) notFound();
  return (
    <PostList list={list} base={base} site={settings}>
      <ListHeading kind={t('layout.pages.category')} title={category.name} about={category.description} />
    </PostList>
  );
}
