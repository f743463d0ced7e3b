import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { DeskPostsScreen } from '@/components/posts/desk-posts-screen';
import { countQueues } from '@/lib/moderation/queries';
import { listDeskPosts } from '@/lib/posts/desk';
import { deskPageSchema } from '@/lib/posts/schema';
import { signOutAction } from '../../sign-in/actions';
import { postsPerson } from './posts-person';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Posts', robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The posts of whoever writes here. */
export default async function Page({ searchParams }: Props) {
  const person = await postsPerson();
  const page = deskPageSchema.parse((await searchParams).page);
  const settings = await site();
  const [view, counts] = await Promise.all([listDeskPosts(person, page, settings, new Date()), countQueues(person)]);
  if (!view) notFound();
  const { name, role } = person;
  const { language, timeZone } = settings;
  return <DeskPostsScreen view={view} counts={counts} site={{ language, timeZone }} person={{ name, role }} signOut={signOutAction} />;
}
