import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { DashboardScreen } from '@/components/site/dashboard-screen';
import { FirstSteps } from '@/components/site/first-steps';
import { countWithReplies } from '@/lib/moderation/queries';
import { findDashboard } from '@/lib/site/dashboard';
import { dashboardDaysSchema } from '@/lib/site/dashboard-days';
import { findFirstSteps } from '@/lib/site/first-steps';
import { signOutAction } from '../sign-in/actions';
import { deskPerson } from './desk-person';
import { hideStepsAction, removeSampleAction, sendTestMailAction } from './first-steps-actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.home'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The desk begins with what waits for whoever looks. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  const chosen = dashboardDaysSchema.parse((await searchParams).days);
  const { language, timeZone } = await site();
  const [view, counts, steps] = await Promise.all([findDashboard(person, chosen, timeZone, new Date()), countWithReplies(person), findFirstSteps(person, new Date())]);
  const firstSteps = steps && <FirstSteps steps={steps} actions={{ removeSample: removeSampleAction, sendTestMail: sendTestMailAction, hide: hideStepsAction }} />;
  const { userId, name, role } = person;
  return <DashboardScreen view={view} chosen={chosen} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} firstSteps={firstSteps} signOut={signOutAction} />;
}
