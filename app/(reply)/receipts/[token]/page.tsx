import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requestTime, site } from '@/app/(blog)/once';
import { ReceiptScreen } from '@/components/subscriptions/receipt-screen';
import { tellNoAddress } from '@/lib/answer';
import { findReceipt } from '@/lib/comments/receipts';
import { t } from '@/lib/words/t';
import { changeReceiptAction, editOwnAction } from './actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('subscriptions.receipt.heading'), robots: { index: false } });

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ done?: string | string[] }> };

/** A comment for its writer: what became of it, and what they can do about it. The address is a secret. */
export default async function Page({ params, searchParams }: Props) {
  tellNoAddress();
  const [{ token }, { done }] = await Promise.all([params, searchParams]);
  const [receipt, settings] = await Promise.all([findReceipt(token, requestTime()), site()]);
  if (!receipt) notFound();
  return <ReceiptScreen receipt={receipt} done={typeof done === 'string' ? done : null} site={settings} edit={editOwnAction} change={changeReceiptAction} />;
}
