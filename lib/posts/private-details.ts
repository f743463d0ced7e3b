import { db } from '../db/client';
import { mayEditPost } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { plainText } from '../text/plain';
import { findPrivateDetails, type PrivateDetail } from '../text/private-details';
import { postFieldsSchema } from './post-form';

/** Something private in a post, with the words around it. */
export type DetailOfPost = Pick<PrivateDetail, 'kind' | 'shown'> & { before: string; after: string };

/** What is being changed in a post that is out. */
const copiedSchema = postFieldsSchema.pick({ html: true });
const AROUND_CHARACTERS = 40;
const MAX_SHOWN = 20;

const lastWords = (text: string): string => (text.length > AROUND_CHARACTERS ? `…${text.slice(-AROUND_CHARACTERS).replace(/^\S*\s/, '')}` : text);
const firstWords = (text: string): string => (text.length > AROUND_CHARACTERS ? `${text.slice(0, AROUND_CHARACTERS).replace(/\s\S*$/, '')}…` : text);

/**
 * What the text of a post, as it was saved last, shows that is not for everyone to read, in its order, at most 20: for a
 * quiet word to whoever publishes it. An author's own public address is one of these, and may well be meant. Empty for whoever may not change
 * the post (a draft is nobody else's to read), and where there is none.
 */
export async function listDetailsOfPost(postId: string, viewer: Actor): Promise<DetailOfPost[]> {
  const post = await db().post.findUnique({ where: { id: postId }, select: { authorId: true, html: true, workingCopy: { select: { fields: true } } } });
  if (!post || !mayEditPost(viewer, post.authorId)) return [];
  const copy = copiedSchema.safeParse(post.workingCopy?.fields);
  const text = plainText(copy.success ? copy.data.html : post.html);
  return findPrivateDetails(text).slice(0, MAX_SHOWN).map(({ kind, shown, start, end }) => ({
    kind, shown, before: lastWords(text.slice(Math.max(0, start - 2 * AROUND_CHARACTERS), start)), after: firstWords(text.slice(end, end + 2 * AROUND_CHARACTERS)),
  }));
}
