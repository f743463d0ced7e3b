'use server';

import { notFound, redirect } from 'next/navigation';
import { formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { deskListPath } from '@/lib/posts/desk-filter';
import { giveFormPath, giveFormSchema } from '@/lib/posts/hand-over-form';
import { handOver } from '@/lib/posts/handing-over';

/** Gives a post, or all of its author's, to another author, and leads back to the list. */
export async function giveAction(sent: FormData): Promise<void> {
  const form = giveFormSchema.safeParse(Object.fromEntries(formOf(sent)));
  if (!form.success) notFound();
  const { post, what, from, to } = form.data;
  const given = await handOver(await currentActor(), what === 'all' ? { from, to } : { post, to });
  if (given.ok) redirect(deskListPath({}, { done: what === 'all' ? 'all-given' : 'given' }));
  if (given.code === 'not-found') notFound();
  redirect(giveFormPath(post, { isWrong: true }));
}
