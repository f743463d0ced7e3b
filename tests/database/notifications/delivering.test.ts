import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '../../../lib/identity/schema';
import { useDatabase } from '../../support/database';
import { MailServer } from '../../support/mail-server';

// The settings of a process are read once, so the server is there before anything that reads them.
const smtp = await MailServer.start();
vi.stubEnv('SMTP_URL', `${smtp.url}?socketTimeout=2000`);
vi.stubEnv('MAIL_FROM', 'Our “blog” <blog@example.com>');
vi.stubEnv('OWNER_EMAIL', 'owner@example.com');

const { db } = await import('../../../lib/db/client');
const { newId } = await import('../../../lib/ids');
const { deliverMail, emptyMail } = await import('../../../lib/notifications/commands');
const { letter } = await import('../../../lib/notifications/letter');
const { sendMail } = await import('../../../lib/notifications/outbox');
const { countFailedMail, listOutbox } = await import('../../../lib/notifications/queries');
const { JobWorker } = await import('../../../server/jobs');
const { WORK } = await import('../../../server/job-handlers');

const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const later = new Date('2026-11-25T12:15:00Z');
const owner: Person = { kind: 'person', userId: newId(), name: 'Owner', isNamed: true, email: null, role: 'owner', standing: 'normal', standingUntil: null, writerHash: null };
const made = await letter({ siteTitle: 'Our blog', paragraphs: ['Grüße von “hier”, with a rather long line of words that goes on and on so that it has to be folded somewhere.'], action: { label: 'Sign in', href: 'https://blog.example/sign-in/link?token=secret' } });
const PATIENT = { timeout: 20_000 };

beforeAll(() => expect(smtp.url).toMatch(/^smtp:/));
afterEach(() => {
  smtp.received.splice(0);
  smtp.refuses = {};
  smtp.beforeTaking = async () => undefined;
});
afterAll(async () => {
  await smtp.stop();
  vi.unstubAllEnvs();
});

/** Writes one mail; gives its id. */
async function send(changes: { to?: string; subject?: string; expires?: Date } = {}): Promise<string> {
  await db().$transaction((tx) => sendMail(tx, { to: 'ida@example.com', subject: 'Grüße', ...made, ...changes }, now));
  return (await db().mail.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
}
const find = (id: string) => db().mail.findUniqueOrThrow({ where: { id } });
const jobs = async () => (await database.sql.query<{ state: string; data: unknown; singleton_key: string }>('SELECT state, data, singleton_key FROM pgboss.job ORDER BY created_on')).rows;
const stateOf = async (id: string) => (await listOutbox(owner, null, now)).mails.find((mail) => mail.id === id)?.state;

test('a mail and its job are there with the transaction that caused them, or not at all', async () => {
  const id = await send();
  expect(await jobs()).toEqual([{ state: 'created', data: { id }, singleton_key: id }]);
  expect(await stateOf(id)).toBe('waiting');
  await expect(db().$transaction(async (tx) => {
    await sendMail(tx, { to: 'ida@example.com', subject: 'x', ...made }, now);
    throw new Error('no');
  })).rejects.toThrow('no');
  expect([await db().mail.count(), (await jobs()).length]).toEqual([1, 1]);
});

test('it reaches the mail server as it was written, once, from MAIL_FROM', async () => {
  const id = await send();
  expect(await deliverMail(id, later)).toMatchObject({ ok: true });
  expect(await deliverMail(id, later)).toMatchObject({ ok: true });
  const [mail, ...more] = smtp.received;
  expect([more, mail?.from, mail?.to]).toEqual([[], 'blog@example.com', ['ida@example.com']]);
  expect(mail?.parsed).toMatchObject({ subject: 'Grüße', text: made.text, html: expect.stringContaining('Grüße von “hier”'), messageId: `<${id}@example.com>`, date: now, attachments: [] });
  expect(mail?.parsed.from?.value).toEqual([{ name: 'Our “blog”', address: 'blog@example.com' }]);
  expect(mail?.parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(await find(id)).toMatchObject({ sentAt: later, failure: null, text: made.text });
});

test('of a mail with an end only the receipt is left once it is sent', async () => {
  const id = await send({ expires: later });
  await deliverMail(id, now);
  expect(smtp.received[0]?.parsed.text).toContain('token=secret');
  expect(await find(id)).toMatchObject({ to: 'ida@example.com', subject: 'Grüße', text: '', html: '', sentAt: now });
});

test('a mail that has expired is not sent, and its secret is emptied', async () => {
  const [waiting, other] = [await send({ expires: later }), await send({ expires: later })];
  expect(await deliverMail(waiting, later)).toMatchObject({ ok: true });
  await emptyMail(now);
  expect(await find(other)).toMatchObject({ text: made.text });
  await emptyMail(later);
  for (const id of [waiting, other]) expect(await find(id)).toMatchObject({ text: '', html: '', sentAt: null });
  expect(smtp.received).toEqual([]);
});

test('two workers at once send it once', async () => {
  const id = await send();
  let taken!: () => void;
  let release!: () => void;
  const isTaken = new Promise<void>((resolve) => { taken = resolve; });
  const released = new Promise<void>((resolve) => { release = resolve; });
  smtp.beforeTaking = () => { taken(); return released; };
  const first = deliverMail(id, now);
  await isTaken;
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, code: 'conflict' });
  release();
  expect(await first).toMatchObject({ ok: true });
  expect(await deliverMail(id, now)).toMatchObject({ ok: true });
  expect(smtp.received).toHaveLength(1);
});

test('a subject or address in the table with a line break adds no head and no recipient', async () => {
  const id = await send();
  await db().mail.update({ where: { id }, data: { subject: 'Hello\r\nBcc: bo@example.com\r\n\r\nbody' } });
  await deliverMail(id, now);
  expect(smtp.received[0]?.to).toEqual(['ida@example.com']);
  expect(smtp.received[0]?.parsed.headers.has('bcc')).toBe(false);
  expect(smtp.received[0]?.parsed.subject).toBe('Hello Bcc: bo@example.com body');
  const other = await send();
  await db().mail.update({ where: { id: other }, data: { to: 'ida@example.com\r\nRCPT TO:<bo@example.com>' } });
  expect(await deliverMail(other, now)).toMatchObject({ ok: false });
  expect(smtp.received).toHaveLength(1);
});

test('what the server refuses for now is tried again, and says why meanwhile', async () => {
  smtp.refuses = { recipient: [450, 'Mailbox busy'] };
  const id = await send();
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, code: 'unavailable' });
  expect(await find(id)).toMatchObject({ sentAt: null, failedAt: now, failure: 'The mail server does not take mails to this address. It said: “450 Mailbox busy”.' });
  expect(await stateOf(id)).toBe('waiting');
  smtp.refuses = {};
  await deliverMail(id, later);
  expect(await find(id)).toMatchObject({ sentAt: later, failure: null, failedAt: null });
});

test.each([
  ['recipient', [550, 'No such user']],
  ['mail', [554, 'Looks like spam']],
] as const)('what the server refuses for good (%s) is not tried again, and keeps the reason', async (what, refusal) => {
  smtp.refuses = { [what]: [...refusal] };
  const id = await send();
  const worker = await JobWorker.start(database.url, { mail: WORK.mail });
  try {
    await vi.waitFor(async () => expect((await jobs()).map(({ state }) => state)).toEqual(['completed']), PATIENT);
  } finally {
    await worker.close();
  }
  expect((await find(id)).failure).toMatch(new RegExp(`It said: “${refusal[0]} ${refusal[1]}”\\.$`));
  expect(await stateOf(id)).toBe('failed');
  expect(await countFailedMail(owner, now)).toBe(1);
});

test('a mail server that is not there, or falls silent, is told of in a sentence, and the mail is tried again', async () => {
  const id = await send();
  await smtp.stop();
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, message: 'The mail server does not answer.' });
  await smtp.listen();
  smtp.beforeTaking = () => new Promise(() => undefined);
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, message: 'The mail server does not answer.' });
  expect(await find(id)).toMatchObject({ sentAt: null, failure: 'The mail server does not answer.' });
  smtp.beforeTaking = async () => undefined;
  expect(await deliverMail(id, now)).toMatchObject({ ok: true });
  expect(smtp.received).toHaveLength(1);
});

test('the worker sends what waits, and after a failure tries again by itself', async () => {
  smtp.refuses = { mail: [451, 'Later, please'] };
  const id = await send();
  const worker = await JobWorker.start(database.url, { mail: WORK.mail });
  try {
    await vi.waitFor(async () => expect((await jobs()).map(({ state }) => state)).toEqual(['retry']), PATIENT);
    expect((await listOutbox(owner, null, now)).mails[0]).toMatchObject({ state: 'waiting', failure: 'The mail server refused this mail. It said: “451 Later, please”.', nextTryAt: expect.any(Date) as Date });
    expect(await countFailedMail(owner, now)).toBe(0);
    smtp.refuses = {};
    await database.sql.query('UPDATE pgboss.job SET start_after = now()');
    worker.wake();
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('sent'), PATIENT);
  } finally {
    await worker.close();
  }
  expect(smtp.received).toHaveLength(1);
});

test('a mail that is gone is nothing to worry about', async () => {
  expect(await deliverMail(newId(), now)).toMatchObject({ ok: true });
});
