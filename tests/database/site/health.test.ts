import { expect, test } from 'vitest';
import { db } from '../../../lib/db/client';
import { newId } from '../../../lib/ids';
import type { Person, Role } from '../../../lib/identity/schema';
import { sendJob } from '../../../lib/jobs';
import { readHealthFacts } from '../../../lib/site/health-facts';
import { makeComment, makePost, makeUser } from '../../../prisma/makers';
import { useDatabase } from '../../support/database';

const database = useDatabase();
const person = (role: Role): Person => ({ kind: 'person', userId: newId(), name: 'Somebody', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null });
const owner = person('owner');
const at = (clock: string) => new Date(`2026-11-25T${clock}:00Z`);
const since = new Date(0);
const mail = (given: object) => db().mail.create({ data: { id: newId(), to: 'ida@example.com', subject: 'Hello', text: '', html: '', ...given } });

test('a blog on which nothing has happened says so, and how its database is', async () => {
  expect(await readHealthFacts(owner, since)).toEqual({
    database: { version: expect.stringMatching(/^\d+/) as string, bytes: expect.any(Number) as number, answerMs: expect.any(Number) as number, connections: expect.any(Number) as number, connectionsMost: expect.any(Number) as number },
    mail: { lastSentAt: null, lastFailed: null }, heldSince: null, jobs: [], undone: [], logins: [], media: { files: 0, bytes: 0 },
  });
});

test('the last of each is told: mail sent, mail failed and why, the comment that waits longest, how a provider did', async () => {
  for (const clock of ['08:00', '09:00', '07:00']) await mail({ sentAt: at(clock) });
  for (const [clock, failure] of [['09:10', 'Busy.'], ['09:30', 'Gone.'], ['09:20', 'Away.']] as const) await mail({ failedAt: at(clock), failure });
  const { id: authorId } = await makeUser();
  const { id: postId } = await makePost({ authorId });
  for (const [clock, status] of [['06:00', 'approved'], ['06:20', 'pending'], ['06:10', 'pending'], ['06:05', 'spam']] as const) await makeComment({ postId, status, createdAt: at(clock) });
  await db().providerState.create({ data: { way: 'google', lastWorkedAt: at('05:00'), lastFailedAt: at('05:30'), lastFailure: 'timeout' } });
  expect(await readHealthFacts(owner, since)).toMatchObject({
    mail: { lastSentAt: at('09:00'), lastFailed: { at: at('09:30'), why: 'Gone.' } },
    heldSince: at('06:10'),
    logins: [{ provider: 'google', state: { lastWorkedAt: at('05:00'), lastFailedAt: at('05:30'), lastFailure: 'timeout' } }],
    undone: [{ name: 'mail', count: 3 }],
  });
});

test('jobs are told of by kind: to be done now, later, or given up', async () => {
  const later = new Date(Date.now() + 3_600_000);
  await db().$transaction(async (tx) => {
    for (let count = 0; count < 2; count += 1) await sendJob(tx, 'decision-mail', {}, { startAfter: later });
    await sendJob(tx, 'decision-mail', {});
    await sendJob(tx, 'held-notice', {});
    await sendJob(tx, 'bulk', {});
  });
  await database.sql.query(`UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE name = 'held-notice'`);
  await database.sql.query(`UPDATE pgboss.job SET state = 'active', started_on = now() WHERE name = 'bulk'`);
  expect(await readHealthFacts(owner, since)).toMatchObject({
    jobs: [{ name: 'bulk', due: 1, later: 0 }, { name: 'decision-mail', due: 1, later: 2 }],
    undone: [{ name: 'held-notice', count: 1 }],
  });
});

test.each(['moderator', 'author', 'reader'] as const)('to a %s nothing is told', async (role) => {
  expect(await readHealthFacts(person(role), since)).toBeNull();
});
