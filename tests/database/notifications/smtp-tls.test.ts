import { afterAll, expect, test, vi } from 'vitest';
import { useDatabase } from '../../support/database';
import { MailServer } from '../../support/mail-server';
import { TEST_TLS } from '../../support/test-certificate';

// A server whose certificate nobody trusts; of one that is trusted see tests/e2e/mail.test.ts.
const smtp = await MailServer.start({ tls: TEST_TLS });
vi.stubEnv('SMTP_URL', `${smtp.url.replace('//', '//name:password@')}?socketTimeout=2000`);
vi.stubEnv('MAIL_FROM', 'blog@example.com');

const { db } = await import('../../../lib/db/client');
const { deliverMail } = await import('../../../lib/notifications/commands');
const { sendMail } = await import('../../../lib/notifications/outbox');

useDatabase();
const now = new Date('2026-11-25T12:00:00Z');

afterAll(async () => {
  await smtp.stop();
  vi.unstubAllEnvs();
});

test('to a server with a wrong certificate nothing is said, no name and no word; the owner is told, and it is tried again', async () => {
  await db().$transaction((tx) => sendMail(tx, { to: 'ida@example.com', subject: 'Hello', text: 'Words.', html: '<p>Words.</p>' }, now));
  const { id } = await db().mail.findFirstOrThrow();
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, code: 'unavailable', message: 'The certificate of the mail server is wrong or not trusted, so nothing was sent to it.' });
  expect([smtp.received, smtp.heard]).toEqual([[], []]);
  expect(await db().mail.findUniqueOrThrow({ where: { id } })).toMatchObject({ sentAt: null, text: 'Words.' });
});
