import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { OutboxScreen } from '@/components/notifications/outbox-screen';
import { siteOrigin } from '@/lib/site-origin';
import { isOwner } from '@/lib/identity/rules';
import { countQueues } from '@/lib/moderation/queries';
import { countFailedMail, listOutbox, listUndone } from '@/lib/notifications/queries';
import { FAILURES_SHOWN_DAYS, outboxCursorSchema } from '@/lib/notifications/schema';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { againAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.outbox'), robots: { index: false } });

const DAY_MS = 24 * 60 * 60 * 1_000;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The mails of the blog, for its owner: sent, waiting, or kept while there is no mail server. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  if (!isOwner(person)) notFound();
  const after = outboxCursorSchema.parse((await searchParams).after);
  const now = new Date();
  const [counts, settings, view, failedCount, undone] = await Promise.all([
    countQueues(person),
    site(),
    listOutbox(person, after, now),
    countFailedMail(person, new Date(now.getTime() - FAILURES_SHOWN_DAYS * DAY_MS)),
    listUndone(person),
  ]);
  const origin = siteOrigin();
  return <OutboxScreen view={view} failedCount={failedCount} undone={undone} isFirstPage={after === null} origin={origin} counts={counts} site={settings} person={person} signOut={signOutAction} again={againAction} />;
}
