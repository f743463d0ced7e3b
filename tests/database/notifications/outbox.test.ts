import { expect, test } from 'vitest';
import { db } from '../../../lib/db/client';
import { newId } from '../../../lib/ids';
import type { Person, Role } from '../../../lib/identity/schema';
import { deliverMail, emptyMail } from '../../../lib/notifications/commands';
import { sendMail, type NewMail } from '../../../lib/notifications/outbox';
import { countFailedMail, listOutbox, OUTBOX_PAGE_MAILS } from '../../../lib/notifications/queries';
import { useDatabase } from '../../support/database';

// Without SMTP_URL: with it, see delivering.test.ts.
const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const mail: NewMail = { to: 'ida@example.com', subject: 'Hello', text: 'Words.', html: '<p>Words.</p>' };
const send = (changes: Partial<NewMail> = {}, at = now) => db().$transaction((tx) => sendMail(tx, { ...mail, ...changes }, at));
const person = (role: Role): Person => ({ kind: 'person', userId: newId(), name: 'Somebody', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null });
const countJobs = async () => (await database.sql.query('SELECT 1 FROM pgboss.job')).rowCount;
const owner = person('owner');

test('without a mail server a mail is kept, and no job is made of it', async () => {
  await send({ expires: new Date('2026-11-25T12:15:00Z') });
  expect(await db().mail.findMany({ omit: { id: true } })).toEqual([
    { to: 'ida@example.com', subject: 'Hello', text: 'Words.', html: '<p>Words.</p>', createdAt: now, expires: new Date('2026-11-25T12:15:00Z'), sentAt: null, failure: null, failedAt: null, headers: null, subscriberId: null, commentId: null },
  ]);
  expect(await countJobs()).toBe(0);
});

test('a mail of a transaction that is taken back is not there', async () => {
  await expect(db().$transaction(async (tx) => {
    await sendMail(tx, mail, now);
    throw new Error('no');
  })).rejects.toThrow('no');
  expect(await db().mail.count()).toBe(0);
});

test.each(['ida@example.com, bo@example.com', 'ida@example.com\r\nBcc: bo@example.com', 'Ida <ida@example.com>', '', `${'a'.repeat(250)}@example.com`])('“%s” is not one address: nothing is written', async (to) => {
  await expect(send({ to })).rejects.toThrow();
  expect(await db().mail.count()).toBe(0);
});

test('what a subject or text may not hold is taken out of it', async () => {
  await send({ subject: `Hello\r\nBcc: bo@example.com ${'x'.repeat(400)}`, text: 'a\0b', html: 'a\0b' });
  const { subject, text, html } = await db().mail.findFirstOrThrow();
  expect(subject).toMatch(/^Hello Bcc: bo@example\.com x+$/);
  expect([subject.length, text, html]).toEqual([300, 'ab', 'ab']);
});

test('without a mail server nothing is sent or emptied, whoever asks', async () => {
  await send({ expires: now });
  const { id } = await db().mail.findFirstOrThrow();
  expect(await deliverMail(id, now)).toMatchObject({ ok: true });
  await emptyMail(now);
  expect(await db().mail.findFirstOrThrow()).toMatchObject({ text: 'Words.', sentAt: null, failure: null });
});

test('the owner sees the mails, newest first, page by page, and why they are kept', async () => {
  const count = OUTBOX_PAGE_MAILS + 3;
  for (let minute = 0; minute < count; minute += 1) await send({ subject: `Mail ${minute}` }, new Date(now.getTime() + Math.floor(minute / 2) * 60_000));
  const first = await listOutbox(owner, null, now);
  const second = await listOutbox(owner, first.next, now);
  const subjects = [...first.mails, ...second.mails].map(({ subject }) => subject);
  expect([first.mails.length, subjects.length, new Set(subjects).size, second.next, first.sender]).toEqual([OUTBOX_PAGE_MAILS, count, count, null, null]);
  const times = [...first.mails, ...second.mails].map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual([...times].sort((one, other) => other - one));
  expect(first.mails[0]).toMatchObject({ to: 'ida@example.com', text: 'Words.', state: 'kept', failure: null, nextTryAt: null });
  expect((await listOutbox(owner, newId(), now)).mails[0]?.subject).toBe(first.mails[0]?.subject);
});

test('a mail whose time is over says so, and one that has failed says why and is counted', async () => {
  await send({ expires: now });
  await send({ subject: 'Failed' }, new Date(now.getTime() + 1));
  await db().mail.updateMany({ where: { subject: 'Failed' }, data: { failure: 'The mail server does not answer.' } });
  expect((await listOutbox(owner, null, now)).mails.map(({ state, failure }) => [state, failure])).toEqual([['failed', 'The mail server does not answer.'], ['expired', null]]);
  expect([await countFailedMail(owner, now), await countFailedMail(owner, new Date(now.getTime() + 2))]).toEqual([1, 0]);
});

test.each(['moderator', 'author', 'reader'] as const)('a %s sees no mail at all', async (role) => {
  await send();
  await db().mail.updateMany({ data: { failure: 'x' } });
  expect((await listOutbox(person(role), null, now)).mails).toEqual([]);
  expect(await countFailedMail(person(role), new Date(0))).toBe(0);
});
