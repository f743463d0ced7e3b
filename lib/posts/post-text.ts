import { db, type Tx } from '../db/client';
import { findOwnMedia, runIn } from '../media/sources';
import { cleanText } from '../text/clean';
import { postHtml } from '../text/post-html';
import type { SafeHtml } from '../text/safe-html';

/** A text as it is kept: as it was typed, as it is shown, and its first words. */
export type PostText = { source: string; html: SafeHtml; excerpt: string };

/** Makes a text of the editor's safe to show. Files of elsewhere that are kept here stand in it. `tx`: where it is asked within a transaction. */
export async function postTextOf(typed: string, tx: Tx = db()): Promise<PostText> {
  const source = cleanText(typed);
  const made = postHtml(source);
  const addresses = made.wanted.flatMap((file) => file.addresses);
  const own = addresses.length === 0 ? null : await findOwnMedia(runIn(tx), addresses);
  const { html, excerpt } = own && own.size > 0 ? postHtml(source, { media: (address) => own.get(address) ?? null }) : made;
  return { source, html, excerpt };
}
