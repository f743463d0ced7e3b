import { currentAnswer } from '../answer';
import { db } from '../db/client';
import { env } from '../env';
import { isShutOut, mayModerate } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { akismetAsker, type AkismetFields } from '../moderation/akismet';
import type { AkismetCheck } from '../moderation/akismet-checks';
import { noteAkismet } from '../moderation/akismet-state';
import type { Ruleset } from '../moderation/ruleset';
import { postPath, takesComments, type ClosingFacts } from '../posts/rules';
import { siteOrigin } from '../site-origin';
import { findCloseAfterDays } from '../site/closing';
import type { NewComment } from './schema';

const ask = akismetAsker(() => performance.now());

type Place = ClosingFacts & { id: string; authorId: string };
type Sent = { actor: Actor; input: NewComment; ip: string; post: Place | null; rules: Pick<Ruleset, 'trustedEntries'>; now: Date };

/**
 * What Akismet says of a comment before it is taken; null where it is not asked: without AKISMET_KEY, of what is refused
 * anyway, of who runs the blog or is trusted, and of who writes under a name on this post only, which a person reads in any case.
 */
export async function askAkismetAbout(sent: Sent): Promise<AkismetCheck | null> {
  const { actor, input, ip, post, now } = sent;
  if (env().AKISMET_KEY === undefined || !(await isAskedAbout(sent))) return null;
  const { userAgent, referrer } = currentAnswer();
  const told = { ip, userAgent, referrer };
  const fields: AkismetFields = {
    user_ip: ip, user_agent: userAgent, referrer, permalink: siteOrigin() + postPath({ kind: 'post', slug: input.post }), comment_type: input.parent === '' ? 'comment' : 'reply',
    comment_author: actor.kind === 'person' ? (input.ownName ?? actor.name) : (input.guest?.name ?? ''),
    comment_author_email: actor.kind === 'person' ? (actor.email ?? '') : (input.guest?.email ?? ''),
    comment_author_url: input.guest?.website ?? '', comment_content: input.comment, comment_date_gmt: now.toISOString(),
  };
  const answer = await ask(siteOrigin(), fields);
  await noteAkismet(answer.answer === 'silent' ? answer.failure : null, now);
  return post && { ...answer, told };
}

async function isAskedAbout({ actor, input, post, rules, now }: Sent): Promise<boolean> {
  const isStaff: boolean = post !== null && mayModerate(actor, post.authorId);
  if (!post || isStaff || isShutOut(actor, now) || !takesComments(post, await findCloseAfterDays(), now)) return false;
  if (actor.kind === 'guest') return true;
  const isTrusted = actor.standing === 'trusted' || (actor.email !== null && rules.trustedEntries.ofEmail(actor.email) !== null);
  if (isTrusted || typeof input.pseudonym === 'string') return false;
  return (await db().pseudonym.count({ where: { postId: post.id, userId: actor.userId } })) === 0;
}
