import type { Metadata } from 'next';
import { MissingPage } from '@/components/site/missing-page';
import { listPosts } from '@/lib/posts/lists';
import { t } from '@/lib/words/t';
import { requestTime } from '../once';

export const generateMetadata = (): Metadata => ({ title: t('layout.pages.notFound'), robots: { index: false } });

const LATEST_POSTS = 5;

/** The document that the server sends for every 404. */
export default async function Page() {
  const list = await listPosts({ by: 'all' }, 1, LATEST_POSTS, requestTime());
  return <MissingPage latest={list?.posts ?? []} />;
}
