'use server';

import { revalidatePath } from 'next/cache';
import type { ActState } from '@/lib/people/schema';
import { noteAction } from '../people/[id]/actions';

/** Adds a note about a comment's writer where the comment stands. */
export async function cardNoteAction(state: ActState, form: FormData): Promise<ActState> {
  const next = await noteAction(state, form);
  revalidatePath('/admin/comments');
  return next;
}
