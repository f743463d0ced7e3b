import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ListHeading } from '@/components/posts/list-heading';
import { PostList } from '@/components/posts/post-list';
import { findAuthor, listPosts } from '@/lib/posts/lists';
import { authorPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { listMetadata, listPageOf } from '../../../list-page';
import { requestTime, site } from '../../../once';

type Props = { params: Promise<{ slug: string; rest?: string[] }> };

const authorAt = cache(async (segment: string) => {
  const slug = parseSlug(segment);
  return (slug !== null && (await findAuthor(slug, requestTime()))) || notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, rest } = await params;
  const author = await authorAt(slug);
  const base = authorPath(author.slug);
  return listMetadata(author.name, base, listPageOf(base, rest), { about: 'author', description: author.about, hasFeed: true });
}

export default async function Page({ params }: Props) {
  const { slug, rest } = await params;
  const [author, settings] = await Promise.all([authorAt(slug), site()]);
  const base = authorPath(author.slug);
  const list = await listPosts({ by: 'author', id: author.id }, listPageOf(base, rest), settings.postsPerPage, requestTime());
  if (!list) notFound();
  return (
    <PostList list={list} base={base} site={settings}>
      <ListHeading kind={t('layout.pages.writtenBy')} title={author.name} about={author.about} />
    </PostList>
  );
}
