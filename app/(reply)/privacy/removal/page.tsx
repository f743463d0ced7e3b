import type { Metadata } from 'next';
import { RemovalForm } from '@/components/privacy/request-form';
import { findRetention } from '@/lib/privacy/retention';
import { t } from '@/lib/words/t';
import { askForRemovalAction } from './actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('privacy.removal.title'), robots: { index: false } });

/** Where somebody who is written about asks that it is taken down. */
export default async function Page() {
  const { removalDays } = await findRetention();
  return (
    <div className="reply-page privacy-page">
      <h1 className="reply-title">{t('privacy.removal.title')}</h1>
      <p>{t('privacy.removal.intro', { days: removalDays })}</p>
      <RemovalForm action={askForRemovalAction} place="" />
      <p><a href="/privacy">{t('privacy.back')}</a></p>
    </div>
  );
}
