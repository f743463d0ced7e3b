'use server';

import { revalidatePath } from 'next/cache';
import { setDeskKeys } from '@/lib/account/commands';
import { currentActor } from '@/lib/identity/session';
import { isCommentId } from '@/lib/ids';
import { countForBulkAct, findBulkAct, stopBulkAct } from '@/lib/moderation/bulk';
import { queueFilterSchema, type BulkProgress } from '@/lib/moderation/schema';
import { findSource } from '@/lib/moderation/source';
import { z } from '@/lib/zod';

/** What the desk asks in between, without a form. Anyone may call these with anything. */

/** The text of a comment as it was typed, or null. */
export async function sourceAction(comment: string): Promise<string | null> {
  const id = z.string().refine(isCommentId).safeParse(comment);
  return id.success ? findSource(await currentActor(), id.data) : null;
}

/** How many match a filter at this moment, for an act on all of them; null for who has no desk. */
export async function countAction(filter: unknown): Promise<{ total: number; until: string } | null> {
  const asked = queueFilterSchema.safeParse(filter);
  const counted = asked.success ? await countForBulkAct(await currentActor(), asked.data, new Date()) : null;
  return counted?.ok ? { total: counted.value.total, until: counted.value.until.toISOString() } : null;
}

/** How far an act on many has come, or null. When it is done the queue is shown anew. */
export async function progressAction(id: string): Promise<BulkProgress | null> {
  const asked = z.uuid().safeParse(id);
  const progress = asked.success ? await findBulkAct(await currentActor(), asked.data) : null;
  if (progress?.isFinished) revalidatePath('/admin/comments');
  return progress;
}

/** Ends an act on many where it stands; how far it has come, or null. The queue is shown anew. */
export async function stopAction(id: string): Promise<BulkProgress | null> {
  const asked = z.uuid().safeParse(id);
  const stopped = asked.success ? await stopBulkAct(await currentActor(), asked.data, new Date()) : null;
  if (!stopped?.ok) return null;
  revalidatePath('/admin/comments');
  return stopped.value;
}

/** The page anew, for what others have changed. */
export async function refreshAction(): Promise<void> {
  revalidatePath('/admin/comments');
}

/** Remembers whether the desk listens to keys. */
export async function deskKeysAction(isOn: boolean): Promise<void> {
  await setDeskKeys(await currentActor(), isOn === true);
}
