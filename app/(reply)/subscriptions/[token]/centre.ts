import { notFound } from 'next/navigation';
import { requestTime } from '@/app/(blog)/once';
import { tellNoAddress } from '@/lib/answer';
import { findCentre } from '@/lib/subscriptions/queries';
import type { CentreView } from '@/lib/subscriptions/schema';

/** The page of an address by the token in the path, which is a secret: nobody is told where a link on it was followed. */
export async function centreOf(params: Promise<{ token: string }>): Promise<CentreView> {
  tellNoAddress();
  return (await findCentre((await params).token, requestTime())) ?? notFound();
}
