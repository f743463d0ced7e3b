import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { useDatabase } from '../../support/database';
import { FaultyMailServer, STEPS, type Fault } from '../../support/faulty-mail-server';
import { MailServer } from '../../support/mail-server';
import { makePost, makeUser } from '../../../prisma/makers';

// The settings of a process are read once, so the server is there before anything that reads them.
const smtp = await MailServer.start();
vi.stubEnv('SMTP_URL', `${smtp.url}?socketTimeout=1500&greetingTimeout=1500&connectionTimeout=1500`);
vi.stubEnv('MAIL_FROM', 'blog@example.com');

const { submitComment } = await import('../../../lib/comments/commands');
const { db } = await import('../../../lib/db/client');
const { deliverMail } = await import('../../../lib/notifications/commands');
const { sendMail } = await import('../../../lib/notifications/outbox');
const { JobWorker } = await import('../../../server/jobs');
const { WORK } = await import('../../../server/job-handlers');

const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const PATIENT = { timeout: 30_000 };
const faulty: FaultyMailServer[] = [];

afterEach(async () => {
  for (const server of faulty.splice(0)) await server.close();
  smtp.received.splice(0);
});
afterAll(async () => {
  await smtp.stop();
  vi.unstubAllEnvs();
});

/** In place of the real one. */
async function replaceBy(server: FaultyMailServer): Promise<void> {
  await smtp.stop();
  await server.listen(smtp.port);
  faulty.push(server);
}
async function bringBack(): Promise<void> {
  for (const server of faulty.splice(0)) await server.close();
  await smtp.listen();
}

async function written(to = 'ida@example.com'): Promise<string> {
  await db().$transaction((tx) => sendMail(tx, { to, subject: 'Hello', text: 'Words.', html: '<p>Words.</p>' }, now));
  return (await db().mail.findFirstOrThrow({ where: { to }, orderBy: { id: 'desc' } })).id;
}
const jobs = async () => (await database.sql.query<{ name: string; state: string; tries: number }>('SELECT name, state, retry_count AS tries FROM pgboss.job ORDER BY created_on, id')).rows;

test.each(STEPS.flatMap((step) => (['silent', 'cut'] as Fault[]).map((fault) => [step, fault] as const)))('at “%s” the server is %s: the mail is kept, the owner is told that it does not answer, and the next try sends it under the same Message-ID', async (step, fault) => {
  const server = new FaultyMailServer(step, fault);
  await replaceBy(server);
  const id = await written();
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, code: 'unavailable', message: 'The mail server does not answer.' });
  expect(server.calls).toBe(1);
  expect(await db().mail.findUniqueOrThrow({ where: { id } })).toMatchObject({ sentAt: null, failedAt: now, text: 'Words.' });
  await bringBack();
  expect(await deliverMail(id, now)).toMatchObject({ ok: true });
  expect(smtp.received.map(({ parsed }) => parsed.messageId)).toEqual([`<${id}@example.com>`]);
});

const AT_ONCE = WORK.mail.atOnce;
/** With 15, 30, 60 … seconds between them, these take more than an hour. */
const TRIES_OF_AN_HOUR = 8;

test('while the server is away for an hour nothing is lost or given up; then all goes out, the oldest first, each once', async () => {
  await smtp.stop();
  const ids: string[] = [];
  for (let count = 0; count < 3 * AT_ONCE; count += 1) ids.push(await written(`reader-${count}@example.com`));
  const worker = await JobWorker.start(database.url, { mail: WORK.mail });
  try {
    for (let tries = 0; tries < TRIES_OF_AN_HOUR; tries += 1) {
      // The time of the next try is here, instead of being waited for.
      await database.sql.query(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`);
      worker.wake();
      await vi.waitFor(async () => expect(await jobs()).toEqual(ids.map(() => ({ name: 'mail', state: 'retry', tries }))), PATIENT);
    }
    await smtp.listen();
    await database.sql.query('UPDATE pgboss.job SET start_after = now()');
    worker.wake();
    await vi.waitFor(async () => expect(new Set((await jobs()).map(({ state }) => state))).toEqual(new Set(['completed'])), PATIENT);
  } finally {
    await worker.close();
  }
  const sent = smtp.received.map(({ parsed }) => parsed.messageId);
  expect([...sent].sort()).toEqual(ids.map((id) => `<${id}@example.com>`).sort());
  // So many go at once; which of them arrives first is not theirs to say.
  const batchesOf = (list: string[]) => [0, 1, 2].map((batch) => list.slice(batch * AT_ONCE, (batch + 1) * AT_ONCE).sort());
  expect(batchesOf(sent.map(String))).toEqual(batchesOf(ids.map((id) => `<${id}@example.com>`)));
});

test('while the server is silent a comment is taken as ever: nobody calls the server, there is only a job', async () => {
  const server = new FaultyMailServer('call', 'silent');
  await replaceBy(server);
  // The handler of a job goes by the clock.
  const today = new Date();
  const { id: authorId } = await makeUser({ role: 'owner', email: 'owner@example.com', emailVerified: now });
  const post = await makePost({ authorId, slug: 'patience', publishedAt: new Date(Date.now() - 86_400_000) });
  const guest = { name: 'Ines', email: 'ines@example.net', website: '' };
  expect(await submitComment({ kind: 'guest', writerHash: null }, { post: post.slug, parent: '', comment: 'First.', guest }, '192.0.2.1', today)).toMatchObject({ ok: true });
  expect([server.calls, await jobs()]).toEqual([0, [{ name: 'held-notice', state: 'created', tries: 0 }]]);
  await WORK['held-notice'].handle({ comment: (await db().comment.findFirstOrThrow()).id, origin: 'https://blog.example' });
  expect([server.calls, (await jobs()).map(({ name }) => name)]).toEqual([0, ['held-notice', 'mail']]);
  await bringBack();
});
