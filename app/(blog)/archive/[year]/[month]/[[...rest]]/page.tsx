import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ListHeading } from '@/components/posts/list-heading';
import { PostList } from '@/components/posts/post-list';
import { listPosts } from '@/lib/posts/lists';
import { monthPath } from '@/lib/posts/rules';
import { parseMonth } from '@/lib/posts/schema';
import { monthRange, writtenMonth } from '@/lib/site/rules';
import { t } from '@/lib/words/t';
import { listMetadata, listPageOf } from '../../../../list-page';
import { requestTime, site } from '../../../../once';

type Props = { params: Promise<{ year: string; month: string; rest?: string[] }> };

async function monthAt(params: Props['params']) {
  const { year, month, rest } = await params;
  const asked = parseMonth(year, month);
  if (!asked) notFound();
  const settings = await site();
  const base = monthPath(asked.year, asked.month);
  const range = monthRange(asked.year, asked.month, settings.timeZone);
  return { settings, base, range, page: listPageOf(base, rest), title: writtenMonth(asked.year, asked.month, settings.language) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, base, page } = await monthAt(params);
  return listMetadata(title, base, page, { about: 'time' });
}

export default async function Page({ params }: Props) {
  const { settings, base, range, page, title } = await monthAt(params);
  const list = await listPosts({ by: 'month', ...range }, page, settings.postsPerPage, requestTime());
  if (!list || list.posts.length === 0) notFound();
  return (
    <PostList list={list} base={base} site={settings}>
      <ListHeading kind={t('layout.pages.writtenIn')} title={title} />
    </PostList>
  );
}
