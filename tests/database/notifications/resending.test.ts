import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { Person, Role } from '../../../lib/identity/schema';
import { useDatabase } from '../../support/database';
import { MailServer } from '../../support/mail-server';

// The settings of a process are read once, so the server is there before anything that reads them.
const smtp = await MailServer.start();
vi.stubEnv('SMTP_URL', smtp.url);
vi.stubEnv('MAIL_FROM', 'blog@example.com');

const { db } = await import('../../../lib/db/client');
const { newId } = await import('../../../lib/ids');
const { countJobs, listGivenUpJobs } = await import('../../../lib/given-up-jobs');
const { GIVEN_UP_KEPT_DAYS, sendJob } = await import('../../../lib/jobs');
const { deliverMail, emptyMail } = await import('../../../lib/notifications/commands');
const { sendMail } = await import('../../../lib/notifications/outbox');
const { countFailedMail, listOutbox, listUndone } = await import('../../../lib/notifications/queries');
const { sendMailAgain, tryJobAgain } = await import('../../../lib/notifications/resending');
const { JobWorker } = await import('../../../server/jobs');
const { WORK } = await import('../../../server/job-handlers');

const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const person = (role: Role): Person => ({ kind: 'person', userId: newId(), name: 'Somebody', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null });
const owner = person('owner');
const PATIENT = { timeout: 20_000 };

afterEach(() => {
  smtp.received.splice(0);
  smtp.refuses = {};
});
afterAll(async () => {
  await smtp.stop();
  vi.unstubAllEnvs();
});

const jobs = async (name = 'mail') => (await database.sql.query<{ id: string; state: string; data: unknown; retry_count: number }>('SELECT id, state, data, retry_count FROM pgboss.job WHERE name = $1 ORDER BY created_on, id', [name])).rows;
const shown = async (id: string) => (await listOutbox(owner, null, now)).mails.find((mail) => mail.id === id);

async function written(changes: { expires?: Date } = {}): Promise<string> {
  await db().$transaction((tx) => sendMail(tx, { to: 'ida@example.com', subject: 'Hello', text: 'Words.', html: '<p>Words.</p>', ...changes }, now));
  return (await db().mail.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
}
const endJobs = (state: 'completed' | 'failed', at = 'now()') => database.sql.query(`UPDATE pgboss.job SET state = $1::pgboss.job_state, completed_on = ${at}, retry_count = retry_limit`, [state]);

/** A mail that the server has refused for good. */
async function refused(changes: { expires?: Date } = {}): Promise<string> {
  smtp.refuses = { recipient: [550, 'No such user'] };
  const id = await written(changes);
  await deliverMail(id, now);
  await endJobs('completed');
  smtp.refuses = {};
  return id;
}

test('a mail that was refused for good is sent again when the owner says so; until it is sent, why it failed stands there', async () => {
  const id = await refused();
  expect(await shown(id)).toMatchObject({ state: 'failed' });
  expect(await sendMailAgain(owner, id, now)).toMatchObject({ ok: true });
  expect(await shown(id)).toMatchObject({ state: 'waiting', failure: expect.stringContaining('550 No such user') as string });
  const worker = await JobWorker.start(database.url, { mail: WORK.mail });
  await vi.waitFor(async () => expect(await shown(id)).toMatchObject({ state: 'sent', failure: null }), PATIENT).finally(() => worker.close());
  expect(smtp.received.map(({ parsed }) => parsed.messageId)).toEqual([`<${id}@example.com>`]);
});

test('one whose job was given up is a failed one, with or without a word of why, and is sent again with all its tries', async () => {
  const id = await written();
  await endJobs('failed');
  expect(await shown(id)).toMatchObject({ state: 'failed', failure: 'It was tried often and for long, and the blog was stopped each time.' });
  expect(await countFailedMail(owner, now)).toBe(1);
  expect(await sendMailAgain(owner, id, now)).toMatchObject({ ok: true });
  expect(await jobs()).toMatchObject([{ state: 'created', data: { id }, retry_count: 0 }]);
  expect(await shown(id)).toMatchObject({ state: 'waiting', failure: 'It was tried often and for long, and the blog was stopped each time.' });
  expect(await countFailedMail(owner, now)).toBe(0);
});

test('two presses at once, and one more after them, send it once', async () => {
  const id = await refused();
  const results = await Promise.all(Array.from({ length: 8 }, () => sendMailAgain(owner, id, now)));
  results.push(await sendMailAgain(owner, id, now));
  expect(results.map(({ ok }) => ok)).toEqual(Array.from({ length: 9 }, () => true));
  expect((await jobs()).filter(({ state }) => state === 'created')).toHaveLength(1);
  await deliverMail(id, now);
  await endJobs('completed');
  expect(await sendMailAgain(owner, id, now)).toMatchObject({ ok: true });
  expect((await jobs()).filter(({ state }) => state === 'created')).toEqual([]);
  expect(smtp.received).toHaveLength(1);
});

test('what is too old, was emptied, or was never to be sent is not sent again', async () => {
  const later = new Date('2026-11-25T12:15:00Z');
  const [old, kept] = [await refused({ expires: later }), await refused()];
  await emptyMail(later);
  await db().mail.update({ where: { id: kept }, data: { failure: null } });
  for (const id of [old, kept]) expect(await sendMailAgain(owner, id, later)).toMatchObject({ ok: false, code: 'conflict' });
  await db().mail.update({ where: { id: kept }, data: { failure: 'x', text: '' } });
  expect(await sendMailAgain(owner, kept, now)).toMatchObject({ ok: false, code: 'conflict' });
  expect((await jobs()).map(({ state }) => state)).toEqual(['completed', 'completed']);
});

test.each(['moderator', 'author', 'reader'] as const)('to a %s there is nothing to send or to try again', async (role) => {
  const id = await refused();
  await db().$transaction((tx) => sendJob(tx, 'decision-mail', { event: newId() }));
  await database.sql.query(`UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE name = 'decision-mail'`);
  const [job] = await jobs('decision-mail');
  expect(await sendMailAgain(person(role), id, now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await tryJobAgain(person(role), job!.id)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await listUndone(person(role))).toEqual([]);
  expect([await jobs(), await jobs('decision-mail')]).toMatchObject([[{ state: 'completed' }], [{ state: 'failed' }]]);
  expect(await sendMailAgain({ kind: 'guest', writerHash: null }, id, now)).toMatchObject({ ok: false, code: 'not-found' });
});

test('of an unknown mail nothing is said', async () => {
  expect(await sendMailAgain(owner, newId(), now)).toMatchObject({ ok: false, code: 'not-found' });
});

test('a job that was given up is told of and, tried again, is done with the same data, once', async () => {
  const data = { event: newId(), origin: 'https://blog.example' };
  await db().$transaction((tx) => sendJob(tx, 'decision-mail', data, { singletonKey: data.event }));
  // As long ago as they are kept: pg-boss's own retry would have it put away at once.
  await database.sql.query(`UPDATE pgboss.job SET state = 'failed', retry_count = retry_limit, completed_on = now() - interval '${GIVEN_UP_KEPT_DAYS - 1} days', keep_until = now() - interval '15 days'`);
  const done = vi.fn(async () => undefined);
  const worker = await JobWorker.start(database.url, { 'decision-mail': { handle: done, atOnce: 4 } });
  try {
    const [given] = await listUndone(owner);
    expect(given).toMatchObject({ name: 'decision-mail' });
    expect((await Promise.all([1, 2, 3].map(() => tryJobAgain(owner, given!.id)))).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await tryJobAgain(owner, given!.id)).toMatchObject({ ok: true });
    worker.wake();
    await vi.waitFor(async () => expect((await jobs('decision-mail')).map(({ state }) => state)).toEqual(['completed']), PATIENT);
  } finally {
    await worker.close();
  }
  expect(done.mock.calls).toEqual([[data, expect.anything()]]);
  expect(await listUndone(owner)).toEqual([]);
});

test('of what is sent by itself every hour only the last is told of, and only until a later one is done', async () => {
  const insert = (name: string, key: string, state: string, minutesAgo: number) =>
    database.sql.query(`INSERT INTO pgboss.job (name, singleton_key, state, policy, completed_on) VALUES ($1, $2, $3::pgboss.job_state, 'short', now() - make_interval(mins => $4::int))`, [name, key, state, minutesAgo]);
  for (const minutes of [300, 200, 100]) await insert('empty-mail', 'hourly', 'failed', minutes);
  await insert('forget-links', 'hourly', 'failed', 100);
  await insert('forget-links', 'hourly', 'completed', 40);
  await insert('webmention', 'x', 'failed', 5);
  await insert('mail', newId(), 'failed', 5);
  await insert('bulk', 'a', 'failed', 20);
  await insert('bulk', 'b', 'failed', 10);
  const told = await listGivenUpJobs();
  expect(told.map(({ name }) => name)).toEqual(['bulk', 'bulk', 'empty-mail']);
  expect(await tryJobAgain(owner, told[2]!.id)).toMatchObject({ ok: true });
  expect((await jobs('empty-mail')).map(({ state }) => state)).toEqual(['created']);
  await db().$transaction((tx) => sendJob(tx, 'publish', {}, { startAfter: new Date(Date.now() + 3_600_000) }));
  expect(await countJobs()).toEqual([{ name: 'empty-mail', due: 1, later: 0 }, { name: 'publish', due: 0, later: 1 }]);
});

test('what was given up is kept for a month, and then put away', async () => {
  for (const days of [GIVEN_UP_KEPT_DAYS - 1, GIVEN_UP_KEPT_DAYS + 1]) {
    await database.sql.query(`INSERT INTO pgboss.job (name, singleton_key, state, policy, completed_on) VALUES ('bulk', $1, 'failed', 'short', now() - make_interval(days => $2::int))`, [String(days), days]);
  }
  await (await JobWorker.start(database.url, {})).close();
  expect(await jobs('bulk')).toHaveLength(1);
});
