import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requestTime, site } from '@/app/(blog)/once';
import { RevisionsScreen } from '@/components/editor-screen/revisions-screen';
import { titleOf } from '@/components/posts/post-words';
import { countQueues } from '@/lib/moderation/queries';
import { findForEditor } from '@/lib/posts/editor';
import { findRevisionSizes } from '@/lib/posts/revision-sizes';
import { listRevisions } from '@/lib/posts/revisions';
import { deskPageSchema, postIdSchema } from '@/lib/posts/schema';
import { signOutAction } from '../../../../sign-in/actions';
import { postsPerson } from '../../posts-person';
import { restoreRevisionAction } from '../actions';
import { growthOf, shownRevision } from './shown-revision';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The post, asked for by title and page alike, read once in a request. */
const read = cache(async (segment: string) => {
  const person = await postsPerson();
  const id = postIdSchema.safeParse(segment);
  const now = id.success ? await findForEditor(person, id.data, await site(), requestTime()) : null;
  return now ? { person, now } : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { now: { kind, fields } } = await read((await params).id);
  return { title: t('desk.titles.revisions', { title: titleOf({ kind, title: fields.title }) }), robots: { index: false } };
}

/** The texts that a post had. */
export default async function Page({ params, searchParams }: Props) {
  const { person, now } = await read((await params).id);
  const asked = await searchParams;
  const [view, shown, counts, settings] = await Promise.all([
    listRevisions(person, now.id, deskPageSchema.parse(asked.page)), shownRevision(person, now, postIdSchema.safeParse(asked.show).data ?? null), countQueues(person), site(),
  ]);
  if (!view || !shown) notFound();
  const growth = growthOf(view.revisions, await findRevisionSizes(view.revisions.map(({ id }) => id)));
  const [{ userId, name, role }, { language, timeZone }] = [person, settings];
  return <RevisionsScreen view={view} growth={growth} shown={shown} seen={now.saved.seen} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} restore={restoreRevisionAction} signOut={signOutAction} />;
}
