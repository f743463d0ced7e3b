import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ListHeading } from '@/components/posts/list-heading';
import { PostList } from '@/components/posts/post-list';
import { findTag, listPosts } from '@/lib/posts/lists';
import { tagPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { listMetadata, listPageOf } from '../../../list-page';
import { requestTime, site } from '../../../once';

type Props = { params: Promise<{ slug: string; rest?: string[] }> };

const tagAt = cache(async (segment: string) => {
  const slug = parseSlug(segment);
  return (slug !== null && (await findTag(slug, requestTime()))) || notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, rest } = await params;
  const tag = await tagAt(slug);
  const base = tagPath(tag.slug);
  return listMetadata(tag.name, base, listPageOf(base, rest), { about: 'tag', description: tag.description, hasFeed: true });
}

export default async function Page({ params }: Props) {
  const { slug, rest } = await params;
  const [tag, settings] = await Promise.all([tagAt(slug), site()]);
  const base = tagPath(tag.slug);
  const list = await listPosts({ by: 'tag', id: tag.id }, listPageOf(base, rest), settings.postsPerPage, requestTime());
  if (!list) notFound();
  return (
    <PostList list={list} base={base} site={settings}>
      <ListHeading kind={t('layout.pages.tag')} title={tag.name} about={tag.description} />
    </PostList>
  );
}
