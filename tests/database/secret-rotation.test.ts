import { beforeEach, expect, test, vi } from 'vitest';
import { NOTHING_ENTERED } from '@/lib/comments/box';
import { findDraft, forgetDrafts, keepDraft } from '@/lib/comments/drafts';
import { listOwnWaiting } from '@/lib/comments/own';
import { db } from '@/lib/db/client';
import { findSignInLink } from '@/lib/identity/queries';
import type { Actor } from '@/lib/identity/schema';
import { issueSignInLink, redeemSignInCode, redeemSignInLink, sendSignInLink } from '@/lib/identity/sign-in-links';
import { tokenHashes } from '@/lib/identity/tokens';
import { findDecisionPage } from '@/lib/moderation/decision-page';
import { reportComment } from '@/lib/moderation/reporting';
import { findReportPage } from '@/lib/moderation/reports';
import { acceptInvitation, createInvitation } from '@/lib/people/invitations';
import { findOfferedRole } from '@/lib/people/queries';
import { confirmSubscriptions } from '@/lib/subscriptions/commands';
import { eraseSubscriber } from '@/lib/subscriptions/subscribing';
import { emailMark, emailMarks } from '@/lib/subscriptions/tokens';
import { makeComment, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { heldComment, scene, tokenFor } from './moderation/notices';
import { comment, follow, later, mailsTo, now, person, post, subscriber, tokenOf, valueOf } from './subscriptions/scene';

useDatabase();

const OLD = 'the-secret-before-of-more-than-32-characters';
const NEW = 'the-present-secret-of-more-than-32-characters';
const INES = 'ines@example.com';
const TOKEN = 't'.repeat(43);

const become = (secret: string, previous = '') => {
  vi.stubEnv('AUTH_SECRET', secret);
  vi.stubEnv('AUTH_SECRET_PREVIOUS', previous);
};
beforeEach(() => become(OLD));

/** Whoever comes with the cookie `here`. */
function guest(): Actor {
  const [writerHash = null, ...earlierHashes] = tokenHashes(TOKEN);
  return { kind: 'guest', writerHash, earlierHashes };
}

test('a sign-in link that was sent before the secret changed opens after it, while that secret is listed', async () => {
  await makeUser({ email: INES });
  const token = async () => new URL(valueOf(await issueSignInLink(INES, now)).path, 'http://here').searchParams.get('token') ?? '';
  const [one, other] = [await token(), await token()];
  become(NEW);
  expect([await findSignInLink(one, now), (await redeemSignInLink(one, now)).ok]).toEqual([null, false]);
  become(NEW, OLD);
  expect(await findSignInLink(one, now)).toMatchObject({ isOpen: true });
  expect([(await redeemSignInLink(one, now)).ok, (await redeemSignInLink(one, now)).ok]).toEqual([true, false]);
  // And a session, of which no secret knows, is open whatever it is.
  become(NEW);
  expect(await db().session.count()).toBe(1);
  expect((await redeemSignInLink(other, now)).ok).toBe(false);
});

test('a code that was mailed before opens in the browser that asked, and its wrong tries are counted on', async () => {
  const asker = { browserHash: tokenHashes(TOKEN)[0]!, ip: '10.0.0.1', origin: 'https://blog.example', returnTo: '/', siteTitle: 'Our blog' };
  valueOf(await sendSignInLink(INES, asker, now));
  const code = /^\s*(\d{6})\s*$/m.exec((await mailsTo(INES))[0]?.text ?? '')?.[1] ?? '';
  become(NEW, OLD);
  const browser = tokenHashes(TOKEN);
  expect((await redeemSignInCode(browser, code === '000000' ? '000001' : '000000', now)).ok).toBe(false);
  expect(await db().signInLink.findFirst({ select: { wrongCodes: true } })).toEqual({ wrongCodes: 1 });
  expect((await redeemSignInCode(tokenHashes('u'.repeat(43)), code, now)).ok).toBe(false);
  expect((await redeemSignInCode(browser, code, now)).ok).toBe(true);
});

test('an invitation of before is accepted, once', async () => {
  const invited = valueOf(await createInvitation(await person('owner'), { email: INES, role: 'author' }, now));
  const token = new URL(invited.link).searchParams.get('token') ?? '';
  become(NEW);
  expect(await findOfferedRole(token, now)).toBeNull();
  become(NEW, OLD);
  expect(await findOfferedRole(token, now)).toBe('author');
  expect([(await acceptInvitation(token, now)).ok, (await acceptInvitation(token, now)).ok]).toEqual([true, false]);
});

test('a link to decide by mail of before opens its comment', async () => {
  const { owner, post: { id: postId } } = await scene();
  const held = await heldComment({ postId, name: 'Ines', email: INES });
  const token = await tokenFor(owner, held);
  become(NEW);
  expect(await findDecisionPage(token, now)).toBeNull();
  become(NEW, OLD);
  expect(await findDecisionPage(token, now)).not.toBeNull();
});

test('a guest finds what they wrote and reported before in this browser, and what they were writing', async () => {
  const { id, slug } = await post();
  const [before] = tokenHashes(TOKEN);
  await comment(guest(), slug);
  const { publicId } = await makeComment({ postId: id, status: 'approved' });
  valueOf(await reportComment(guest(), { comment: publicId, reason: 'spam', words: '', tellOutcome: false }, '10.1.1.1', now));
  await keepDraft(before!, { post: slug, parent: '' }, { ...NOTHING_ENTERED, comment: 'Not yet sent.' }, now);
  become(NEW, OLD);
  expect(await listOwnWaiting(id, guest())).toHaveLength(1);
  expect(await findReportPage(publicId, guest(), now)).toMatchObject({ isKnown: true });
  expect(await reportComment(guest(), { comment: publicId, reason: 'spam', words: '', tellOutcome: false }, '10.1.1.1', now)).toMatchObject({ ok: false, code: 'duplicate' });
  expect(await findDraft(tokenHashes(TOKEN), id, now)).toMatchObject({ comment: 'Not yet sent.' });
  await keepDraft(tokenHashes(TOKEN)[0]!, { post: slug, parent: '' }, { ...NOTHING_ENTERED, comment: 'Newer.' }, later(1));
  expect(await findDraft(tokenHashes(TOKEN), id, later(1))).toMatchObject({ comment: 'Newer.' });
  await forgetDrafts(tokenHashes(TOKEN));
  expect(await db().commentDraft.count()).toBe(0);
});

test('a follower of before is the same one, and has the present mark as soon as they are met', async () => {
  valueOf(await follow(INES));
  valueOf(await confirmSubscriptions(await tokenOf(INES), now));
  const { id, emailMark: before } = await subscriber(INES);
  become(NEW, OLD);
  expect(emailMarks(INES)).toEqual([emailMark(INES), before]);
  await Promise.all(Array.from({ length: 8 }, () => follow(INES)));
  expect(await db().subscriber.findMany({ select: { id: true, emailMark: true } })).toEqual([{ id, emailMark: emailMark(INES) }]);
  // Nothing of the earlier secret is needed for them any more.
  become(NEW);
  valueOf(await follow(INES));
  expect(await db().subscriber.count()).toBe(1);
});

test('a follower who was not met while both were listed is found by their letters, and nobody is there twice', async () => {
  valueOf(await follow(INES));
  become(NEW);
  valueOf(await follow(INES));
  expect(await db().subscriber.findMany({ select: { email: true, emailMark: true } })).toEqual([{ email: INES, emailMark: emailMark(INES) }]);
});

test('whoever had everything deleted is known by their mark while its secret is listed', async () => {
  valueOf(await follow(INES));
  await db().$transaction((tx) => eraseSubscriber(tx, INES, now));
  become(NEW, OLD);
  valueOf(await follow(INES));
  expect(await db().subscriber.count()).toBe(1);
});
