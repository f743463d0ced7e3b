import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { RepliesScreen } from '@/components/moderation/replies-screen';
import { findDeskKeys } from '@/lib/account/queries';
import { repliesFilterSchema } from '@/lib/comments/reply-desk';
import { findUnanswered } from '@/lib/comments/unanswered';
import { countWithReplies } from '@/lib/moderation/queries';
import { signOutAction } from '../../sign-in/actions';
import { deskKeysAction } from '../comments/asks';
import { postsPerson } from '../posts/posts-person';
import { repliesAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.replies'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What whoever writes here has not answered yet. */
export default async function Page({ searchParams }: Props) {
  const person = await postsPerson();
  const filter = repliesFilterSchema.parse(await searchParams);
  const [view, counts, hasKeys, settings] = await Promise.all([findUnanswered(person, filter, new Date()), countWithReplies(person), findDeskKeys(person), site()]);
  if (!view) notFound();
  const { userId, name, role } = person;
  const { language, timeZone } = settings;
  return <RepliesScreen view={view} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} hasKeys={hasKeys} action={repliesAction} keysAction={deskKeysAction} signOut={signOutAction} />;
}
