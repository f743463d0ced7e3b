'use server';

import { redirect } from 'next/navigation';
import { answerWith, formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { deleteMedia, describeMedia } from '@/lib/media/commands';
import { altTextSchema, type AltState } from '@/lib/media/schema';
import { httpStatus } from '@/lib/result';
import { z } from '@/lib/zod';
import { t } from '@/lib/words/t';

/** Saves what a file shows. Anyone may call it with anything. */
export async function describeAction(_: AltState, form: FormData): Promise<AltState> {
  const sent = Object.fromEntries(formOf(form));
  const typed = typeof sent.alt === 'string' ? sent.alt : '';
  const read = altTextSchema.safeParse(sent);
  const saved = read.success ? await describeMedia(await currentActor(), read.data) : { ok: false as const, code: 'invalid' as const, message: read.error.issues[0]?.message ?? t('desk.refusals.notSaved') };
  if (saved.ok) return { alt: saved.value.alt, done: t('desk.done.saved'), message: null };
  answerWith(httpStatus[saved.code]);
  return { alt: typed, done: null, message: saved.message };
}

/** Deletes a file; says why not where it does not. Anyone may call it with anything. */
export async function deleteAction(_: string | null, form: FormData): Promise<string | null> {
  const id = z.uuid().safeParse(formOf(form).get('id'));
  const deleted = id.success ? await deleteMedia(await currentActor(), id.data) : { ok: false as const, code: 'malformed' as const, message: t('desk.refusals.incomplete') };
  if (deleted.ok) redirect('/admin/media?deleted=1');
  answerWith(httpStatus[deleted.code]);
  return deleted.message;
}
