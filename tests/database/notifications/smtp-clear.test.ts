import { afterAll, expect, test, vi } from 'vitest';
import { useDatabase } from '../../support/database';
import { MailServer } from '../../support/mail-server';

// A server without TLS at an address that is not named as this machine's: it leads here all the same.
const smtp = await MailServer.start();
vi.stubEnv('SMTP_URL', `${smtp.url.replace('//127.0.0.1', '//name:password@0.0.0.0')}?socketTimeout=2000`);
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

test('to a server elsewhere that offers no TLS nothing is said, no name and no word; the owner is told, and it is tried again', async () => {
  await db().$transaction((tx) => sendMail(tx, { to: 'ida@example.com', subject: 'Hello', text: 'Words.', html: '<p>Words.</p>' }, now));
  const { id } = await db().mail.findFirstOrThrow();
  expect(await deliverMail(id, now)).toMatchObject({ ok: false, code: 'unavailable', message: expect.stringMatching(/^No safe connection to the mail server could be made, so nothing was sent to it\./) as string });
  expect([smtp.received, smtp.heard]).toEqual([[], []]);
  expect(await db().mail.findUniqueOrThrow({ where: { id } })).toMatchObject({ sentAt: null, text: 'Words.' });
});
