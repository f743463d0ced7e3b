import { db } from '../db/client';
import { findOwnMedia } from '../media/sources';
import { cleanText } from '../text/clean';
import { postHtml } from '../text/post-html';
import type { SafeHtml } from '../text/safe-html';

/** A text as it is kept: as it was typed, as it is shown, and its first words. */
export type PostText = { source: string; html: SafeHtml; excerpt: string };

/** Makes a text of the editor's safe to show. Files of elsewhere that are kept here stand in it. */
export async function postTextOf(typed: string): Promise<PostText> {
  const source = cleanText(typed);
  const made = postHtml(source);
  const addresses = made.wanted.flatMap((file) => file.addresses);
  const own = addresses.length === 0 ? null : await findOwnMedia((sql, values) => db().$queryRawUnsafe(sql, ...values), addresses);
  const { html, excerpt } = own && own.size > 0 ? postHtml(source, { media: (address) => own.get(address) ?? null }) : made;
  return { source, html, excerpt };
}
