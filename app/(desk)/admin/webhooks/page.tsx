import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { WebhooksScreen } from '@/components/webhooks/webhooks-screen';
import { countQueues } from '@/lib/moderation/queries';
import { findWebhooks, mayHaveWebhooks } from '@/lib/webhooks/queries';
import { logCursorSchema } from '@/lib/webhooks/schema';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { webhookAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.webhooks'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What other programs of the owner are told of. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  if (!mayHaveWebhooks(person)) notFound();
  const after = logCursorSchema.parse((await searchParams).after);
  const [view, counts, { language, timeZone }] = await Promise.all([findWebhooks(person, after, new Date()), countQueues(person), site()]);
  const { userId, name, role } = person;
  return <WebhooksScreen view={view} isFirstPage={after === null} action={webhookAction} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} signOut={signOutAction} />;
}
