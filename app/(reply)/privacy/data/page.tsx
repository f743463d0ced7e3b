import type { Metadata } from 'next';
import { DataForm } from '@/components/privacy/request-form';
import { t } from '@/lib/words/t';
import { askForDataAction } from './actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('privacy.data.title'), robots: { index: false } });

type Props = { searchParams: Promise<{ sent?: string | string[]; erased?: string | string[] }> };

/** Where whoever wrote without an account asks what is kept of their address. */
export default async function Page({ searchParams }: Props) {
  const { sent, erased } = await searchParams;
  const said = erased !== undefined ? t('privacy.data.erased') : sent !== undefined ? t('privacy.data.sent') : null;
  return (
    <div className="reply-page privacy-page">
      <h1 className="reply-title">{t('privacy.data.title')}</h1>
      {said ? <p className="form-status" role="status">{said}</p> : <p>{t('privacy.data.intro')}</p>}
      {!said && <DataForm action={askForDataAction} />}
      <p><a href="/privacy">{t('privacy.back')}</a></p>
    </div>
  );
}
