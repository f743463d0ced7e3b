import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { sendMail } from '../notifications/outbox';
import { publicAt } from '../posts/queries';
import { secondsToWait } from '../rate-limit';
import { fail, ok, type Failure, type Result } from '../result';
import { SITE_DEFAULTS } from '../site/schema';
import { siteOrigin } from '../site-origin';
import type { ImportReport } from '../transfer/schema';
import { t } from '../words/t';
import { mayHaveFollowers } from './followers';
import { importSubscribers } from './importing';
import { postLetter } from './letters';
import { mailingSite, newPostOf, toldPostSelect } from './post-notices';
import { provenAddress } from './subscribing';

const notYours = (): Failure => fail('not-found', t('site.refused.notThere'));

/** Sets whether a mail about a new post holds all of it. Refuses: `not-found` for everybody but the owner. */
export async function setMailsWholePosts(actor: Actor, mailsWholePosts: boolean): Promise<Result> {
  if (!mayHaveFollowers(actor)) return notYours();
  await db().site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, mailsWholePosts }, update: { mailsWholePosts }, select: { id: true } });
  return ok();
}

/**
 * Sends the newest post to the owner who asks, as followers get it. Value: where to. Refuses: `not-found` for everybody else
 * and where no post is out, `invalid` without a proven address, `too-many`.
 */
export async function sendTestPost(actor: Actor, now: Date): Promise<Result<string>> {
  if (!mayHaveFollowers(actor)) return notYours();
  const retryAfterSeconds = await secondsToWait('test-post', actor.userId);
  if (retryAfterSeconds !== null) return fail('too-many', t('site.testMail.tooMany'), { retryAfterSeconds });
  return db().$transaction(async (tx) => {
    const to = await provenAddress(tx, actor.userId);
    if (to === null) return fail('invalid', t('subscriptions.followers.noAddress'));
    const post = await tx.post.findFirst({ where: { kind: 'post', ...publicAt(now) }, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], select: toldPostSelect });
    if (!post) return fail('not-found', t('subscriptions.followers.noPost'));
    const { siteTitle, isWhole } = await mailingSite(tx);
    const origin = siteOrigin();
    const mail = await postLetter({ siteTitle, origin, token: null }, newPostOf(post, origin, isWhole), null);
    await sendMail(tx, { to, ...mail }, now);
    return ok(to);
  });
}

/** Takes a list of subscribers, of whom the owner says that they have asked. Refuses: `not-found` for everybody else, `invalid`. */
export async function importFollowers(actor: Actor, { text, haveAsked }: { text: string; haveAsked: boolean }, now: Date): Promise<Result<ImportReport>> {
  if (!mayHaveFollowers(actor)) return notYours();
  if (text.trim() === '') return fail('invalid', t('subscriptions.followers.fileWanted'));
  if (!haveAsked) return fail('invalid', t('subscriptions.followers.mustHaveAsked'));
  return importSubscribers(text, { dryRun: false }, now);
}
