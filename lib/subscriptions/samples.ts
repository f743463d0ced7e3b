import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { noticeMail } from '../moderation/notice-letter';
import { publicAt } from '../posts/queries';
import { siteOrigin } from '../site-origin';
import { storedHtml } from '../text/safe-html';
import { t } from '../words/t';
import { mayHaveFollowers } from './followers';
import { commentLetter, confirmationLetter, digestLetter, postLetter, type NewPost, type ToldComment } from './letters';
import { mailingSite, newPostOf, toldPostSelect } from './post-notices';
import { isSampleKind, type SampleKind } from './sample-kinds';

export type SampleMail = { subject: string; text: string; html: string };

/** The links of a sample lead to a page that is nobody's. */
const TOKEN = 'sample';

/** The newest post, or one that is made up while there is none. */
async function samplePost(origin: string, isWhole: boolean, now: Date): Promise<NewPost> {
  const post = await db().post.findFirst({ where: { kind: 'post', ...publicAt(now) }, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], select: toldPostSelect });
  if (post) return newPostOf(post, origin, isWhole);
  const words = t('subscriptions.samples.text');
  return { title: t('subscriptions.samples.title'), address: `${origin}/`, excerpt: words, author: t('subscriptions.samples.name'), whole: isWhole ? { html: storedHtml(`<p>${words}</p>`), text: words } : null };
}

const sampleComment = (isReplyToThem: boolean): ToldComment =>
  ({ publicId: 'aaaaaaaaaaaa', name: t('subscriptions.samples.name'), text: t('subscriptions.samples.text'), parentName: isReplyToThem ? t('subscriptions.samples.other') : null, isReplyToThem });

/** A mail as readers and moderators get it, filled with the newest post and made-up people, for the owner; null for everybody else, and for no such kind. */
export async function findSampleMail(viewer: Actor, kind: string, now: Date): Promise<SampleMail | null> {
  if (!mayHaveFollowers(viewer) || !isSampleKind(kind)) return null;
  const origin = siteOrigin();
  const { siteTitle } = await mailingSite(db());
  const post = await samplePost(origin, kind === 'postWhole', now);
  return write(kind, { siteTitle, origin, token: TOKEN }, post);
}

function write(kind: SampleKind, to: { siteTitle: string; origin: string; token: string }, post: NewPost): Promise<SampleMail> {
  const told = { id: 'sample', title: post.title };
  switch (kind) {
    case 'confirmation': return confirmationLetter({ ...to, receipt: TOKEN, wishes: { comments: { scope: 'all', frequency: 'instant' }, posts: 'instant' }, postTitle: post.title, way: 'confirm' });
    case 'comment': return commentLetter(to, told, sampleComment(false));
    case 'reply': return commentLetter(to, told, sampleComment(true));
    case 'post': case 'postWhole': return postLetter(to, post, null);
    case 'imported': return postLetter(to, post, 'WordPress.com');
    case 'digest': return digestLetter(to, 'daily', [post], [{ post: told, comments: [sampleComment(false), sampleComment(true)], others: 3 }]);
    case 'held': return noticeMail({
      siteTitle: to.siteTitle, origin: to.origin, isOwner: true, others: 0,
      comments: [{ name: t('subscriptions.samples.name'), source: t('subscriptions.samples.text'), title: post.title, parentName: null, reasons: [{ rule: 'first-comment' }], path: '/admin/comments' }],
    });
  }
}
