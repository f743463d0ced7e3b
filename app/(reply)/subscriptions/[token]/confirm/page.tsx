import type { Metadata } from 'next';
import { ConfirmScreen } from '@/components/subscriptions/confirm-screen';
import { t } from '@/lib/words/t';
import { confirmAction } from '../actions';
import { centreOf } from '../centre';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('subscriptions.confirm.heading'), robots: { index: false } });

/** Where whoever reads the mail of an address says that it asked for this. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <ConfirmScreen centre={await centreOf(params)} confirm={confirmAction} />;
}
