import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { QueueScreen } from '@/components/moderation/queue-screen';
import { findDeskKeys } from '@/lib/account/queries';
import { findFloodForDesk } from '@/lib/comments/flood';
import { isCommentId } from '@/lib/ids';
import { findRunningBulkAct } from '@/lib/moderation/bulk';
import { findLiveStart } from '@/lib/moderation/live';
import { countPending, findQueue } from '@/lib/moderation/queries';
import { queueFilterSchema, sortSchema } from '@/lib/moderation/schema';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { deskAction } from './actions';
import { countAction, deskKeysAction, progressAction, refreshAction, sourceAction, stopAction } from './asks';
import { cardNoteAction } from './note-action';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const pending = await countPending(await deskPerson());
  return { title: pending > 0 ? `(${pending}) ${t('desk.titles.comments')}` : t('desk.titles.comments'), robots: { index: false } };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The moderation queue. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  const asked = await searchParams;
  const id = (value: unknown) => (typeof value === 'string' && isCommentId(value) ? value : null);
  // Before the list is read: what happens meanwhile is told.
  const live = await findLiveStart(person, new Date());
  const [view, hasKeys, flood, running, settings] = await Promise.all([
    findQueue(person, queueFilterSchema.parse(asked), sortSchema.parse(asked.sort), id(asked.after), id(asked.comment)), findDeskKeys(person), findFloodForDesk(person, new Date()), findRunningBulkAct(person), site(),
  ]);
  // A browser gets what is shown: no address, no hash, no list of words.
  const { userId, name, role } = person;
  const { language, timeZone } = settings;
  const asks = { source: sourceAction, count: countAction, progress: progressAction, stop: stopAction, keys: deskKeysAction, refresh: refreshAction };
  return <QueueScreen view={view} live={live} site={{ language, timeZone }} person={{ userId, name, role }} hasKeys={hasKeys} flood={flood} running={running} action={deskAction} asks={asks} noteAction={cardNoteAction} signOut={signOutAction} />;
}
