import { notFound } from 'next/navigation';
import { PostList } from '@/components/posts/post-list';
import { AboutNote } from '@/components/site/about-note';
import { listFrontPage } from '@/lib/posts/lists';
import { findAbout } from '@/lib/site/identity';
import { t } from '@/lib/words/t';
import { requestTime, site } from './once';

/** One page of all posts, newest first; not found beyond the last. */
export async function FrontPage({ page }: { page: number }) {
  const [settings, about] = await Promise.all([site(), page === 1 ? findAbout() : null]);
  const list = await listFrontPage(page, settings.postsPerPage, requestTime());
  if (!list) notFound();
  return (
    <>
      <PostList list={list} base="/" site={settings}>
        <h1 className="sr-only">{page === 1 ? t('layout.pages.latest') : t('layout.pages.paged', { title: t('layout.pages.posts'), page: String(page) })}</h1>
      </PostList>
      {about && <AboutNote about={about} />}
    </>
  );
}
