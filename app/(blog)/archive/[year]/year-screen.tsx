import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ListHeading } from '@/components/posts/list-heading';
import { PostList } from '@/components/posts/post-list';
import { listPosts } from '@/lib/posts/lists';
import { yearPath } from '@/lib/posts/rules';
import { parseMonth } from '@/lib/posts/schema';
import { monthRange } from '@/lib/site/rules';
import { t } from '@/lib/words/t';
import { listMetadata, listPageOf } from '../../list-page';
import { requestTime, site } from '../../once';

type Asked = { year: string; rest?: string[] };

function yearOf({ year, rest }: Asked) {
  const number = parseMonth(year, '01')?.year ?? notFound();
  const base = yearPath(number);
  return { number, base, page: listPageOf(base, rest) };
}

/** Title and canonical address of one page of a year's posts. */
export function yearMetadata(asked: Asked): Promise<Metadata> {
  const { number, base, page } = yearOf(asked);
  return listMetadata(String(number), base, page, { about: 'time' });
}

/** One page of the posts of a year. */
export async function YearScreen(asked: Asked) {
  const { number, base, page } = yearOf(asked);
  const settings = await site();
  const { from } = monthRange(number, 1, settings.timeZone);
  const { to } = monthRange(number, 12, settings.timeZone);
  const list = await listPosts({ by: 'month', from, to }, page, settings.postsPerPage, requestTime());
  if (!list || list.posts.length === 0) notFound();
  return (
    <PostList list={list} base={base} site={settings}>
      <ListHeading kind={t('layout.pages.writtenIn')} title={String(number)} />
    </PostList>
  );
}
