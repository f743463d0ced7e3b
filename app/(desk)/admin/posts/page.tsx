import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { DeskPostsScreen } from '@/components/posts/desk-posts-screen';
import { countQueues } from '@/lib/moderation/queries';
import { deskDoneSchema, deskFilterSchema } from '@/lib/posts/desk-filter';
import { listDeskPosts } from '@/lib/posts/desk-list';
import { signOutAction } from '../../sign-in/actions';
import { deleteAction, restoreAction, trashAction } from './list-actions';
import { postsPerson } from './posts-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.posts'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The posts of whoever writes here. */
export default async function Page({ searchParams }: Props) {
  const person = await postsPerson();
  const asked = await searchParams;
  const [filter, done, settings] = [deskFilterSchema.parse(asked), deskDoneSchema.parse(asked), await site()];
  const [view, counts] = await Promise.all([listDeskPosts(person, filter, settings, new Date()), countQueues(person)]);
  if (!view) notFound();
  const { userId, name, role } = person;
  const { language, timeZone } = settings;
  const acts = { trash: trashAction, restore: restoreAction, deleteForGood: deleteAction };
  return <DeskPostsScreen view={view} filter={filter} done={done} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} acts={acts} signOut={signOutAction} />;
}
