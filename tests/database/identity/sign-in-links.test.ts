import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { findSessionPerson } from '@/lib/identity/queries';
import { SIGN_IN_CODE_TRIES, SIGN_IN_CODE_TRIES_A_DAY, SIGN_IN_LINKS_PER_EMAIL, SIGN_IN_LINKS_PER_IP } from '@/lib/identity/schema';
import { redeemSignInCode, redeemSignInLink, sendSignInLink } from '@/lib/identity/sign-in-links';
import { sessionHash } from '@/lib/identity/tokens';
import { makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-24T20:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const asker = { browserHash: 'a'.repeat(64), ip: '10.0.0.1', origin: 'https://blog.example', returnTo: '/posts/a/reply', siteTitle: 'Our blog' };

/** Asks for a link, and reads the mail. */
async function ask(email: string, more: Partial<typeof asker> = {}, at = now) {
  const asked = await sendSignInLink(email, { ...asker, ...more }, at);
  const mail = await db().mail.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const token = /token=([\w-]+)/.exec(mail.text)?.[1] ?? '';
  const code = /^\s*(\d{6})\s*$/m.exec(mail.text)?.[1] ?? '';
  return { asked, mail, token, code };
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

test('somebody new gets a link and a code, is nobody before either is used, and then somebody without a name', async () => {
  const { mail, token, code } = await ask(' New@Example.com ');
  expect(mail).toMatchObject({ to: 'new@example.com', expires: later(15) });
  expect(mail.text).toContain(`https://blog.example/sign-in/link?token=${token}`);
  expect(code).toHaveLength(6);
  expect(await db().user.count()).toBe(0);
  const begun = await redeemSignInLink(token, later(1), 'Firefox');
  expect(begun).toMatchObject({ ok: true, value: { returnTo: '/posts/a/reply' } });
  const person = begun.ok ? await findSessionPerson(sessionHash(begun.value.sessionToken), later(1)) : null;
  expect(person).toMatchObject({ email: 'new@example.com', isNamed: false, role: 'reader' });
  expect(await db().session.findMany()).toMatchObject([{ way: 'email', userAgent: 'Firefox' }]);
});

test('link and code are one: after either the other opens nothing', async () => {
  const first = await ask('ines@example.com');
  expect((await redeemSignInCode([asker.browserHash], first.code, later(1))).ok).toBe(true);
  expect((await redeemSignInLink(first.token, later(1))).ok).toBe(false);
  const second = await ask('ines@example.com');
  expect((await redeemSignInLink(second.token, later(1))).ok).toBe(true);
  expect((await redeemSignInCode([asker.browserHash], second.code, later(1))).ok).toBe(false);
});

test('a code may be typed with spaces, opens only in the browser that asked, and not after fifteen minutes', async () => {
  const { code } = await ask('ines@example.com');
  expect((await redeemSignInCode(['b'.repeat(64)], code, later(1))).ok).toBe(false);
  expect((await redeemSignInCode([], code, later(1))).ok).toBe(false);
  expect((await redeemSignInCode([asker.browserHash], code, later(15))).ok).toBe(false);
  expect((await redeemSignInCode([asker.browserHash], ` ${code.slice(0, 3)} ${code.slice(3)}`, later(14))).ok).toBe(true);
});

test('after five wrong codes, all at once, the right one opens nothing; the link does', async () => {
  const { code, token } = await ask('ines@example.com');
  await Promise.all(Array.from({ length: 8 }, () => redeemSignInCode([asker.browserHash], wrong(code), now)));
  expect((await db().signInLink.findFirstOrThrow()).wrongCodes).toBe(SIGN_IN_CODE_TRIES);
  expect((await redeemSignInCode([asker.browserHash], code, now)).ok).toBe(false);
  expect((await redeemSignInLink(token, now)).ok).toBe(true);
});

test('a day’s guesses for one address are few, from however many browsers', async () => {
  for (let browser = 0; browser < 3; browser += 1) {
    const { code } = await ask('ines@example.com', { browserHash: String(browser).repeat(64), ip: `10.0.1.${browser}` });
    for (let tries = 0; tries < SIGN_IN_CODE_TRIES; tries += 1) await redeemSignInCode([String(browser).repeat(64)], wrong(code), now);
  }
  expect((await db().signInLink.aggregate({ _sum: { wrongCodes: true } }))._sum.wrongCodes).toBe(SIGN_IN_CODE_TRIES_A_DAY);
  const { code } = await ask('ines@example.com', { browserHash: '9'.repeat(64), ip: '10.0.1.9' }, later(61));
  expect((await redeemSignInCode(['9'.repeat(64)], code, later(62))).ok).toBe(false);
});

test('an address is sent so many links an hour and no more, also when sixteen are asked for at once, from wherever', async () => {
  const asks = await Promise.all(Array.from({ length: 16 }, (_, index) => sendSignInLink('ines@example.com', { ...asker, ip: `10.0.2.${index}` }, now)));
  expect(asks.filter(({ ok }) => ok)).toHaveLength(SIGN_IN_LINKS_PER_EMAIL);
  expect(asks.find(({ ok }) => !ok)).toMatchObject({ code: 'too-many', retryAfterSeconds: 3600 });
  expect(await db().mail.count()).toBe(SIGN_IN_LINKS_PER_EMAIL);
  expect((await ask('ines@example.com', {}, later(61))).asked.ok).toBe(true);
});

test('a place on the network asks for so many an hour, whatever the addresses', async () => {
  for (let index = 0; index < SIGN_IN_LINKS_PER_IP; index += 1) expect((await ask(`p${index}@example.com`)).asked.ok).toBe(true);
  expect(await sendSignInLink('last@example.com', asker, now)).toMatchObject({ ok: false, code: 'too-many' });
  expect((await sendSignInLink('last@example.com', { ...asker, ip: '10.9.9.9' }, now)).ok).toBe(true);
});

test('the answer is the same for an address that is known, unknown, banned, or runs the blog', async () => {
  await makeUser({ email: 'known@example.com' });
  await makeUser({ email: 'banned@example.com', standing: 'banned' });
  await makeUser({ email: 'owner@example.com', role: 'owner' });
  for (const email of ['known@example.com', 'unknown@example.com', 'banned@example.com', 'owner@example.com']) {
    const { asked, mail } = await ask(email);
    expect(asked).toEqual({ ok: true, value: { email } });
    expect(mail.to).toBe(email);
  }
});

test.each(['', 'nobody', 'a@b', `${'a'.repeat(95)}@example.com`, 'a@example.com\r\nBcc: b@example.com', 'ａ＠example.com'])('%j is no address, and no mail goes out', async (email) => {
  expect(await sendSignInLink(email, asker, now)).toMatchObject({ ok: false, code: 'invalid', fields: { email: expect.any(String) } });
  expect(await db().mail.count()).toBe(0);
});

test('a link leads only into the blog, whatever was asked for', async () => {
  const { token } = await ask('ines@example.com', { returnTo: '//evil.test/' });
  expect(await redeemSignInLink(token, now)).toMatchObject({ value: { returnTo: '/' } });
});

test('an address held for somebody becomes theirs by a link, with the role that waits for it', async () => {
  const held = await makeUser({ email: 'invited@example.com', role: 'moderator', emailVerified: null });
  const { token } = await ask('invited@example.com');
  await redeemSignInLink(token, later(1));
  expect(await db().user.findMany()).toMatchObject([{ id: held.id, role: 'moderator', emailVerified: later(1) }]);
});

test('sixteen links of one new address used at once make one person', async () => {
  const tokens: string[] = [];
  for (let index = 0; index < 4; index += 1) tokens.push((await ask('new@example.com')).token);
  const begun = await Promise.all([...tokens, ...tokens, ...tokens, ...tokens].map((token) => redeemSignInLink(token, now)));
  expect(begun.filter(({ ok }) => ok)).toHaveLength(4);
  expect(await db().user.count()).toBe(1);
});

test('use moves the end of a session on, once in an hour; an ended one is nobody', async () => {
  const { token } = await ask('ines@example.com');
  const begun = await redeemSignInLink(token, now);
  const hash = begun.ok ? sessionHash(begun.value.sessionToken) : '';
  const end = async () => (await db().session.findUniqueOrThrow({ where: { sessionToken: hash } })).expires;
  const before = await end();
  await findSessionPerson(hash, later(30));
  expect(await end()).toEqual(before);
  await findSessionPerson(hash, later(90));
  expect(await end()).toEqual(new Date(before.getTime() + 90 * 60_000));
  expect(await findSessionPerson(hash, later(60 * 24 * 31))).toBeNull();
  expect(await findSessionPerson('f'.repeat(64), now)).toBeNull();
});

test.each([['owner', 30], ['moderator', 30], ['author', 30], ['reader', 90]] as const)('however much it is used, a session of a %s ends %i days after the sign-in', async (role, days) => {
  await makeUser({ email: 'ines@example.com', role });
  const { token } = await ask('ines@example.com');
  const begun = await redeemSignInLink(token, now);
  const hash = begun.ok ? sessionHash(begun.value.sessionToken) : '';
  const hours = days * 24;
  for (let at = 12; at < hours; at += 12) expect(await findSessionPerson(hash, later(at * 60)), `after ${at} hours`).toMatchObject({ role });
  expect(await findSessionPerson(hash, later(hours * 60 - 1))).toMatchObject({ role });
  expect(await findSessionPerson(hash, later(hours * 60))).toBeNull();
});

test('whoever has a whole network of IPv6 asks no more often than from one address', async () => {
  const from = (host: number, network = 2) => ask(`reader-${network}-${host}@example.com`, { ip: `2001:db8:1:${network}::${host.toString(16)}` });
  for (let host = 1; host <= SIGN_IN_LINKS_PER_IP; host += 1) expect((await from(host)).asked.ok).toBe(true);
  expect((await from(99)).asked).toMatchObject({ ok: false, code: 'too-many' });
  expect((await from(1, 3)).asked.ok).toBe(true);
});
