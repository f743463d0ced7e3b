import type { Metadata } from 'next';
import { CentreScreen } from '@/components/subscriptions/centre-screen';
import { t } from '@/lib/words/t';
import { changeAction } from './actions';
import { centreOf } from './centre';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('subscriptions.centre.heading'), robots: { index: false } });

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ done?: string | string[] }> };

/** All that an address is told of: shown here, changed by its buttons. */
export default async function Page({ params, searchParams }: Props) {
  const centre = await centreOf(params);
  const { done } = await searchParams;
  return <CentreScreen centre={centre} done={typeof done === 'string' ? done : null} change={changeAction} />;
}
