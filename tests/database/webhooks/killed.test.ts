import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { deliverWebhook } from '@/lib/webhooks/sending';
import { useDatabase } from '@/tests/support/database';
import { WebhookReceiver } from '@/tests/support/webhook-receiver';

const database = useDatabase();
const receiver = await WebhookReceiver.start();
afterAll(() => receiver.stop());

const now = new Date();
const MINUTE_MS = 60_000;

test('a process that is killed while it sends leaves the message to the next, which sends it by the same id', async () => {
  const webhook = { id: newId(), url: receiver.url, events: [], secretMadeAt: now, createdAt: now };
  await db().webhook.create({ data: webhook });
  const id = newId();
  await db().webhookDelivery.create({ data: { id, webhookId: webhook.id, event: 'test', facts: { reasons: [] }, origin: 'https://blog.example', createdAt: now, nextTryAt: now } });
  let arrived!: () => void;
  const isThere = new Promise<void>((resolve) => { arrived = resolve; });
  receiver.beforeAnswering = () => { arrived(); return new Promise(() => undefined); };
  const job = { id, turn: 0 };
  const sender = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'tests/support/deliver-webhook.ts', JSON.stringify(job), receiver.origin, now.toISOString()], { env: { ...process.env, DATABASE_URL: database.url }, stdio: 'ignore' });
  await Promise.race([isThere, once(sender, 'exit').then(([code]) => { throw new Error(`The sender has ended by itself (${String(code)}).`); })]);
  sender.kill('SIGKILL');
  await once(sender, 'exit');

  receiver.beforeAnswering = async () => undefined;
  const to = { trustedOrigin: receiver.origin };
  expect(await deliverWebhook(job, now, to)).toMatchObject({ ok: false, code: 'conflict' });
  expect(await deliverWebhook(job, new Date(now.getTime() + MINUTE_MS), to)).toMatchObject({ ok: true });
  expect(receiver.received.map((one) => one.id)).toEqual([id, id]);
  expect(await db().webhookDelivery.findUniqueOrThrow({ where: { id } })).toMatchObject({ turn: 1, tries: 1, answer: 204, failure: null });
});
