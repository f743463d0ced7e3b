import { db } from '../db/client';
import { networkOf } from '../network';
import { secondsToWait, takeBack } from '../rate-limit';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { isPasswordOf, keyOf, lockColumns } from './keys';
import { isOut, postPath, readPath } from './rules';
import { unlockSchema } from './unlock-form';

/** Where the post is read, and what the browser is given that has said its password: the key, and the address below which it counts. */
export type OpenedPost = { readAt: string; given: { id: string; path: string; key: string } | null };

/**
 * Opens a post with a password for whoever says it. `typed`: the form's fields. Wrong ones are counted for each post and
 * place on the network, before they are compared: after ten the right one opens nothing either, until ten minutes are over.
 * Refuses: `malformed`, `not-found` (no such post with a password), `invalid` (nothing typed), `too-many` with the seconds
 * to wait, `forbidden` (wrong).
 */
export async function unlockPost(typed: unknown, ip: string, now: Date): Promise<Result<OpenedPost>> {
  const sent = unlockSchema.safeParse(typed);
  if (!sent.success) return fail('malformed', t('posts.locked.incomplete'));
  const { kind, slug, password } = sent.data;
  const isStorable = !slug.includes('\0') && slug.isWellFormed();
  const post = isStorable ? await db().post.findUnique({ where: { kind_slug: { kind, slug: slug.normalize('NFC') } }, select: { ...lockColumns, kind: true, slug: true } }) : null;
  if (!post || !isOut(post, now)) return fail('not-found', t('posts.locked.gone'));
  const path = postPath(post);
  // It has none any more: nothing is in the way.
  if (post.status !== 'password') return ok({ readAt: path, given: null });
  if (password.trim() === '') return fail('invalid', t('posts.locked.passwordWanted'));
  const counted = `${post.id} ${networkOf(ip)}`;
  const retryAfterSeconds = await secondsToWait('password', counted);
  if (retryAfterSeconds !== null) return fail('too-many', t('posts.locked.tooOften'), { retryAfterSeconds });
  const key = isPasswordOf(post, password) ? keyOf(post) : null;
  if (key === null) return fail('forbidden', t('posts.locked.wrong'));
  await takeBack('password', counted);
  return ok({ readAt: readPath(post), given: { id: post.id, path, key } });
}
