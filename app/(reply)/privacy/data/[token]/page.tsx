import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requestTime, site } from '@/app/(blog)/once';
import { OwnDataScreen } from '@/components/privacy/own-data-screen';
import { tellNoAddress } from '@/lib/answer';
import { findOwnData } from '@/lib/privacy/own-data';
import { t } from '@/lib/words/t';
import { eraseDataAction } from '../actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('privacy.data.heading'), robots: { index: false } });

type Props = { params: Promise<{ token: string }> };

/** What is kept of an address, for whoever reads its mail. The address of the page is a secret. */
export default async function Page({ params }: Props) {
  tellNoAddress();
  const [data, settings] = await Promise.all([findOwnData((await params).token, requestTime()), site()]);
  if (!data) notFound();
  return <OwnDataScreen data={data} site={settings} erase={eraseDataAction} />;
}
