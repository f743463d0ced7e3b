import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { MovingScreen } from '@/components/transfer/moving-screen';
import { countQueues } from '@/lib/moderation/queries';
import { findOwnTransfer, mayMove } from '@/lib/transfer/desk/transfers';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { actAction, backupAction, beginAction, lookAction } from './actions';
import { findBackups } from './backups';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.moving'), robots: { index: false } });

/** Bringing a blog here and taking it along, for its owner. */
export default async function Page() {
  const person = await deskPerson();
  if (!mayMove(person)) notFound();
  const [transfer, backups, counts, { language, timeZone }] = await Promise.all([findOwnTransfer(person), findBackups(), countQueues(person), site()]);
  const { userId, name, role } = person;
  return (
    <MovingScreen
      transfer={transfer} backups={backups} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} signOut={signOutAction}
      actions={{ act: actAction, begin: beginAction, look: lookAction, backup: backupAction }}
    />
  );
}
