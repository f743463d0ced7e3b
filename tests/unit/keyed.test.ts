import { decode, encode } from 'next-auth/jwt';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { pageFormToken, readerFormToken, readFormToken } from '@/lib/comments/form-token';
import { isLinkMark, linkMark } from '@/lib/identity/tokens';
import { isKeyed, keyed, keyedByAny, secrets } from '@/lib/keyed';
import { sealTold, unsealTold } from '@/lib/moderation/akismet-seal';
import { pageToken, readPageToken, type TokenPage } from '@/lib/page-token';
import { keyOf, mayRead } from '@/lib/posts/keys';
import { isMailEventsToken, mailEventsToken } from '@/lib/subscriptions/tokens';
import { secretsNow, signedHeaders } from '@/lib/webhooks/signature';

const OLD = 'the-secret-before-of-more-than-32-characters';
const OLDER = 'the-secret-before-that-of-more-than-32-chars';
const NEW = 'the-present-secret-of-more-than-32-characters';
const ID = '0190a0a0-0000-7000-8000-000000000001';
const now = new Date('2026-11-26T09:30:00Z');

const become = (secret: string, previous = '') => {
  vi.stubEnv('AUTH_SECRET', secret);
  vi.stubEnv('AUTH_SECRET_PREVIOUS', previous);
};
beforeEach(() => become(OLD));
afterAll(() => void vi.unstubAllEnvs());

test.each([
  ['', [NEW]], [OLD, [NEW, OLD]], [`${OLD} ${OLDER}`, [NEW, OLD, OLDER]], [` ${OLD},${OLDER}\n`, [NEW, OLD, OLDER]], [NEW, [NEW]],
])('with %j before it, the secrets are the present one and then those', (previous, all) => {
  become(NEW, previous);
  expect(secrets()).toEqual(all);
});

test('what is new is made by the present secret, and what was made by an earlier one is known', () => {
  const before = keyed('purpose', 'value');
  become(NEW, OLD);
  expect(keyed('purpose', 'value')).not.toBe(before);
  expect(keyedByAny('purpose', 'value')).toEqual([keyed('purpose', 'value'), before]);
  expect([before, before.slice(0, 32), `${before}0`, ''].map((sent) => isKeyed(sent, 'purpose', 'value'))).toEqual([true, false, false, false]);
  expect([isKeyed(before.slice(0, 32), 'purpose', 'value', 32), isKeyed(before, 'another', 'value'), isKeyed(before, 'purpose', 'another')]).toEqual([true, false, false]);
});

const LOCK = { id: ID, authorId: ID, status: 'password', publishedAt: new Date(0), password: 'Rosengarten' };
const PAGES: TokenPage[] = ['subscriber', 'receipt', 'own-data', 'removal', 'removal-mail'];
const told = { ip: '192.0.2.77', userAgent: 'Netscape 4', referrer: '' };

/** What is made by a secret and comes back, and whether it is taken then. */
const KINDS: Record<string, () => () => boolean> = {
  ...Object.fromEntries(PAGES.map((page) => [`the address of a page (${page})`, () => { const token = pageToken(page, ID); return () => readPageToken(page, token) === ID; }])),
  'a form in a kept page': () => { const { token } = pageFormToken(ID, now); return () => readFormToken(token, ID, now) !== null; },
  'a form made for a reader': () => { const token = readerFormToken(ID, now); return () => readFormToken(token, ID, now)?.seconds === 0; },
  'the key of a post with a password': () => { const key = keyOf(LOCK)!; return () => mayRead({ kind: 'guest', writerHash: null, keys: { [ID]: key } }, LOCK, now); },
  'the mark of a login that is being added': () => { const mark = linkMark('google', 'session'); return () => isLinkMark(mark, 'google', 'session'); },
  'the address for mail events': () => { const token = mailEventsToken(); return () => isMailEventsToken(token); },
  'what Akismet was told': () => { const sealed = sealTold(ID, told); return () => unsealTold(ID, sealed)?.ip === told.ip; },
};

test.each(Object.entries(KINDS))('%s is taken while its secret is listed, and not after', (_kind, make) => {
  const isTaken = make();
  expect(isTaken()).toBe(true);
  become(NEW, OLD);
  expect(isTaken()).toBe(true);
  become(NEW, `${OLDER}, ${OLD}`);
  expect(isTaken()).toBe(true);
  become(NEW, OLDER);
  expect(isTaken()).toBe(false);
  become(NEW);
  expect(isTaken()).toBe(false);
});

test.each(Object.entries(KINDS))('%s is made by the present secret, whatever is listed besides', (_kind, make) => {
  become(NEW, OLD);
  const isTaken = make();
  become(NEW);
  expect(isTaken()).toBe(true);
  become(OLD);
  expect(isTaken()).toBe(false);
});

test('a message is signed by the secrets of a webhook of both, so that a receiver changes theirs when they want', () => {
  const webhook = { id: ID, secretNumber: 1, secretMadeAt: new Date(0) };
  const [before = ''] = secretsNow(webhook, new Date());
  become(NEW, OLD);
  const both = secretsNow(webhook, new Date());
  expect([both.length, both[1]]).toEqual([2, before]);
  const body = JSON.stringify({ type: 'webhook.test' });
  const headers = signedHeaders(ID, body, both, new Date());
  for (const secret of both) expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'webhook.test' });
  become(NEW);
  expect(secretsNow(webhook, new Date())).toEqual([both[0]]);
});

test('a sign-in that was at its provider while the secret changed is finished, for NextAuth seals it by all of them', async () => {
  const attempt = await encode({ secret: secrets(), salt: 'state', token: { value: 'a state' } });
  const opened = () => decode({ secret: secrets(), salt: 'state', token: attempt }).catch(() => null);
  become(NEW, OLD);
  expect(await opened()).toMatchObject({ value: 'a state' });
  const fresh = await encode({ secret: secrets(), salt: 'state', token: { value: 'another' } });
  become(NEW);
  expect(await opened()).toBeNull();
  expect(await decode({ secret: secrets(), salt: 'state', token: fresh })).toMatchObject({ value: 'another' });
});
