import type { Metadata } from 'next';
import { ErrorPage } from '@/components/site/error-page';
import { t } from '@/lib/words/t';

export const generateMetadata = (): Metadata => ({ title: t('layout.broken.title'), robots: { index: false } });

/** The document that the server sends for every 500. */
export default function Page() {
  return (
    <ErrorPage title={t('layout.broken.heading')}>
      <p>{t('layout.broken.words')}</p>
      <p><a className="button button--quiet" href="/">{t('layout.broken.all')}</a></p>
    </ErrorPage>
  );
}
