import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requestTime, site } from '@/app/(blog)/once';
import { EditorScreen } from '@/components/editor-screen/editor-screen';
import { titleOf } from '@/components/posts/post-words';
import { newId } from '@/lib/ids';
import { countQueues } from '@/lib/moderation/queries';
import { findForEditor } from '@/lib/posts/editor';
import { postIdSchema } from '@/lib/posts/schema';
import { signOutAction } from '../../../sign-in/actions';
import { postsPerson } from '../posts-person';
import { editorActions } from './editor-actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ id: string }> };

/** The post, asked for by title and page alike, read once in a request. */
const read = cache(async (segment: string) => {
  const person = await postsPerson();
  const id = postIdSchema.safeParse(segment);
  const view = id.success ? await findForEditor(person, id.data, await site(), requestTime()) : null;
  return view ? { person, view } : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { view: { kind, fields } } = await read((await params).id);
  return { title: t('desk.titles.editing', { title: titleOf({ kind, title: fields.title }) }), robots: { index: false } };
}

/** A post or page as its author changes it. */
export default async function Page({ params }: Props) {
  const { person, view } = await read((await params).id);
  const [counts, { language, timeZone }] = await Promise.all([countQueues(person), site()]);
  return <EditorScreen view={view} counts={counts} person={person} tab={newId()} site={{ language, timeZone }} actions={editorActions} signOut={signOutAction} />;
}
