import type { Metadata } from 'next';
import { LeaveScreen } from '@/components/subscriptions/leave-screen';
import { leaveSchema } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';
import { leaveAction } from '../actions';
import { centreOf } from '../centre';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('subscriptions.leave.heading'), robots: { index: false } });

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ what?: string | string[] }> };

/** Where new posts, a thread, or everything is left: one button. */
export default async function Page({ params, searchParams }: Props) {
  const centre = await centreOf(params);
  return <LeaveScreen centre={centre} what={leaveSchema.catch('all').parse((await searchParams).what)} leave={leaveAction} />;
}
