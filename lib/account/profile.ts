import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { freeSlug, isStaffName } from '../identity/names';
import { hasDesk, isShutOut } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { changePortrait } from '../media/portraits';
import { presentRuleset } from '../moderation/screening-rules';
import { fail, ok, type Failure, type Result } from '../result';
import { listPostsOf, lockWriter } from './queries';
import { parseProfile } from './rules';
import type { Profile } from './schema';
import { t } from '../words/t';

/** For a person with many thousands of comments. */
const RENAMING_MS = 60_000;

const wrongName = (sentence: string): Failure => fail('invalid', sentence, { fields: { name: sentence } });

/** Nobody else may be called like somebody who runs the blog, and no reader reads a new name before others do. */
async function refusalOfName(tx: Tx, actor: Person, { name, website }: Profile): Promise<Failure | null> {
  if (await isStaffName(tx, name, actor.userId)) return wrongName(t('account.refusals.staffName'));
  if (hasDesk(actor)) return null;
  const { held, disallowed } = await presentRuleset(tx);
  const isHeld = [held, disallowed].some(({ find }) => find([name, website]) !== null);
  return isHeld ? fail('invalid', t('account.refusals.heldWord')) : null;
}

/** Puts name and website on what the person has written under their own name; posts are held before comments, as everywhere. */
async function rename(tx: Tx, userId: string, { name, website }: Profile): Promise<void> {
  const posts = await listPostsOf(tx, userId, 'all');
  await tx.$queryRaw`SELECT 1 FROM "Post" WHERE id = ANY(${posts}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.comment.updateMany({ where: { userId, pseudonymId: null }, data: { name, website: website || null } });
}

/**
 * Changes how a person is seen: name, website, picture; on what they have written under their own name too. A name used
 * on one post only stays. One transaction, however many comments there are; the posts that show them are made anew.
 * Refuses: `not-signed-in`; `invalid` with a sentence per field, for a name of somebody who runs the blog and for words
 * that are held here; `forbidden` for a new name or website of somebody who may not write at present.
 */
export async function changeProfile(actor: Actor, entered: Profile, now: Date): Promise<Result<Profile>> {
  if (actor.kind === 'guest') return fail('not-signed-in', t('account.refusals.notSignedIn'));
  const parsed = parseProfile(entered);
  if (!parsed.ok) return parsed;
  const profile = parsed.value;
  return changing(async (tx, changed) => {
    // As submitComment does: what is being sent under the old name comes before or after.
    await lockWriter(tx, actor.userId);
    const before = await tx.user.findUnique({ where: { id: actor.userId }, select: { name: true, slug: true, website: true, showPicture: true, _count: { select: { posts: true } } } });
    if (!before) return fail('not-found', t('account.refusals.accountGone'));
    const isRenamed = before.name !== profile.name || (before.website ?? '') !== profile.website;
    if (isRenamed) {
      if (isShutOut(actor, now)) return fail('forbidden', t('account.refusals.shutOut'));
      const refusal = await refusalOfName(tx, actor, profile);
      if (refusal) return refusal;
    }
    // The first name gives the address of what they may write one day; it stays through all later ones.
    const slug = before.slug ?? (await freeSlug(tx, profile.name, actor.userId));
    if (isRenamed) await rename(tx, actor.userId, profile);
    await tx.user.update({ where: { id: actor.userId }, data: { ...profile, slug, website: profile.website || null }, select: { id: true } });
    if (before.showPicture !== profile.showPicture) await changePortrait(tx, actor.userId, changed);
    if (isRenamed) {
      for (const id of await listPostsOf(tx, actor.userId, 'published')) changed(postTag(id));
      // Their own posts name them, in lists too.
      if (before._count.posts > 0) changed('posts');
    }
    return ok(profile);
  }, { timeout: RENAMING_MS });
}
