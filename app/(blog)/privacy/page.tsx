import type { Metadata } from 'next';
import { cache } from 'react';
import { PostArticle } from '@/components/posts/post-article';
import { PrivacyText } from '@/components/site/privacy-text';
import { env } from '@/lib/env';
import { findPage } from '@/lib/posts/queries';
import { findRetention } from '@/lib/privacy/retention';
import { t } from '@/lib/words/t';
import { foundAs } from '../found-as';
import { requestTime, site } from '../once';

const ownPage = cache(() => findPage('privacy', requestTime()));

export async function generateMetadata(): Promise<Metadata> {
  const page = await ownPage();
  return foundAs({ title: page?.title ?? t('layout.footer.privacy'), description: page?.excerpt, about: 'privacy', path: '/privacy' });
}

/** The owner's page called `privacy`, or else what this version keeps. Always there. */
export default async function Page() {
  const [page, settings, retention] = await Promise.all([ownPage(), site(), findRetention()]);
  return page ? <PostArticle post={page} site={settings} /> : <PrivacyText blog={settings.title} asksAkismet={env().AKISMET_KEY !== undefined} retention={retention} />;
}
