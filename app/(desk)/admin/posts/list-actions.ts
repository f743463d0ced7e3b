'use server';

import { redirect } from 'next/navigation';
import { requestTime } from '@/app/(blog)/once';
import { formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { placeAfter, type DeskDone } from '@/lib/posts/desk-filter';
import { deletePost, restorePost, trashPost, type PostActed } from '@/lib/posts/trash';
import type { Result } from '@/lib/result';

/** Leads back to the list, which says what was done. */
function back(sent: FormData, word: DeskDone, acted: Result<PostActed>): never {
  const done = acted.ok ? { done: word, post: acted.value.id, title: acted.value.title } : { done: 'gone' as const };
  redirect(placeAfter(formOf(sent).get('here'), done));
}

const postOf = (sent: FormData): string => {
  const post = formOf(sent).get('post');
  return typeof post === 'string' ? post : '';
};

/** Puts a post of the list into the trash. */
export async function trashAction(sent: FormData): Promise<void> {
  back(sent, 'trashed', await trashPost(await currentActor(), postOf(sent), requestTime()));
}

/** Brings it back. */
export async function restoreAction(sent: FormData): Promise<void> {
  back(sent, 'restored', await restorePost(await currentActor(), postOf(sent), requestTime()));
}

/** Deletes it for good. */
export async function deleteAction(sent: FormData): Promise<void> {
  back(sent, 'deleted', await deletePost(await currentActor(), postOf(sent)));
}
