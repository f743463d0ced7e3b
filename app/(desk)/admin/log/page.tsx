import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { LogScreen } from '@/components/moderation/log-screen';
import { findLog, mayReadLog } from '@/lib/moderation/log';
import { findLogFigures } from '@/lib/moderation/log-figures';
import { logCursorSchema, logFilterSchema } from '@/lib/moderation/log-filter';
import { countQueues } from '@/lib/moderation/queries';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.log'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Who decided what, for moderators and owners. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  if (!mayReadLog(person)) notFound();
  const asked = await searchParams;
  const filter = logFilterSchema.parse(asked);
  const { language, timeZone } = await site();
  const [view, figures, counts] = await Promise.all([findLog(person, filter, timeZone, logCursorSchema.parse(asked.after)), findLogFigures(person, timeZone, new Date()), countQueues(person)]);
  const { userId, name, role } = person;
  return <LogScreen view={view} filter={filter} isFirstPage={!asked.after} figures={figures} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} signOut={signOutAction} />;
}
