'use server';

import { currentActor } from '@/lib/identity/session';
import { hasPosts } from '@/lib/identity/rules';
import { BODY_MAX_CHARACTERS } from '@/lib/posts/post-form';
import { postTextOf } from '@/lib/posts/post-text';
import { playerOf } from '@/lib/text/players';
import { z } from '@/lib/zod';

const ADDRESS_MAX_CHARACTERS = 2_000;
const htmlSchema = z.string().max(BODY_MAX_CHARACTERS);
const addressSchema = z.string().trim().regex(/^https?:\/\/[^\s<>"&]+(?:&[^\s<>"&]+)*$/i).max(ADDRESS_MAX_CHARACTERS);

/** Makes any HTML safe as it is when it is saved; empty for who writes nothing here. */
export async function cleanAction(html: unknown): Promise<string> {
  const [actor, read] = [await currentActor(), htmlSchema.safeParse(html)];
  return read.success && hasPosts(actor) ? (await postTextOf(read.data)).html : '';
}

/** The figure of a video by its address; null for any other address. */
export async function embedAction(address: unknown): Promise<string | null> {
  const [actor, read] = [await currentActor(), addressSchema.safeParse(address)];
  if (!read.success || !hasPosts(actor) || !playerOf(read.data)) return null;
  return (await postTextOf(`<p>${read.data.replaceAll('&', '&amp;')}</p>`)).html;
}
