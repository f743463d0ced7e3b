import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { EditorScreen } from '@/components/editor-screen/editor-screen';
import { newId } from '@/lib/ids';
import { countQueues } from '@/lib/moderation/queries';
import { findBlankPost } from '@/lib/posts/blank-post';
import { signOutAction } from '../../../sign-in/actions';
import { editorActions } from '../[id]/editor-actions';
import { postsPerson } from '../posts-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const kindOf = async ({ searchParams }: Props) => ((await searchParams).kind === 'page' ? 'page' as const : 'post' as const);

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await kindOf(props)) === 'page' ? t('desk.titles.newPage') : t('desk.titles.newPost'), robots: { index: false } };
}

/** A new post or page: there is none until the first save, which brings the id that is made here. */
export default async function Page(props: Props) {
  const person = await postsPerson();
  const [kind, counts, { language, timeZone }] = [await kindOf(props), await countQueues(person), await site()];
  const { title, slug } = await props.searchParams;
  const view = await findBlankPost(person, { id: newId(), kind, title: typeof title === 'string' ? title : '', slug: typeof slug === 'string' ? slug : '' });
  return <EditorScreen view={view} counts={counts} person={person} tab={newId()} site={{ language, timeZone }} actions={editorActions} signOut={signOutAction} />;
}
