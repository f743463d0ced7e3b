import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { causeWebhooks } from '@/lib/webhooks/causing';
import { deleteWebhook, forgetDeliveries, renewSecret, sendAgain, sendTest, switchWebhook } from '@/lib/webhooks/commands';
import { findWebhooks } from '@/lib/webhooks/queries';
import { RETRY_SECONDS } from '@/lib/webhooks/rules';
import { DEAD_IN_A_ROW_MAX } from '@/lib/webhooks/schema';
import { deliverWebhook, type SendTo } from '@/lib/webhooks/sending';
import { secretOf } from '@/lib/webhooks/signature';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { JobWorker } from '@/server/jobs';
import { useDatabase } from '@/tests/support/database';
import { WebhookReceiver } from '@/tests/support/webhook-receiver';

const database = useDatabase();
const receiver = await WebhookReceiver.start();
afterEach(() => receiver.forget());
afterAll(() => receiver.stop());

const now = new Date();
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const here = (): SendTo => ({ trustedOrigin: receiver.origin });
const PATIENT = { timeout: 20_000 };

let owner: Person;
let hook: string;
let postId: string;
let commentId: string;
beforeEach(async () => {
  const { id, name } = await makeUser({ role: 'owner' });
  owner = { kind: 'person', userId: id, name: name ?? '', isNamed: true, email: null, role: 'owner', standing: 'normal', standingUntil: null, writerHash: null };
  postId = (await makePost({ authorId: id, title: 'Open', slug: 'open', publishedAt: after(-60) })).id;
  commentId = (await makeComment({ postId, status: 'pending', name: 'Ida', email: 'ida@secret.example', website: 'https://ida.example', ipHash: 'f'.repeat(64), source: 'So **true**.' })).id;
  hook = newId();
  await db().webhook.create({ data: { id: hook, url: receiver.url, events: ['commentCreated', 'postPublished'], secretMadeAt: now, createdAt: now } });
});

/** Something happens; gives the id of what is to be sent. */
async function happen(event: 'commentCreated' | 'postPublished' = 'commentCreated'): Promise<string> {
  await db().$transaction((tx) => causeWebhooks(tx, [event === 'postPublished' ? { event, postId } : { event, commentId, status: 'pending', rules: ['first-comment'] }], now));
  return (await db().webhookDelivery.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
}
const row = (id: string) => db().webhookDelivery.findUniqueOrThrow({ where: { id } });
const webhook = () => db().webhook.findUniqueOrThrow({ where: { id: hook } });
const turn = async (id: string, at = now, to = here()) => deliverWebhook({ id, turn: (await row(id)).turn }, at, to);
const jobs = async () => (await database.sql.query<{ data: object; start_after: Date }>("SELECT data, start_after FROM pgboss.job WHERE name = 'webhook' ORDER BY created_on")).rows;
const stateOf = async (id: string, at = now) => (await findWebhooks(owner, null, at)).deliveries.find((one) => one.id === id)?.state;

test('a message arrives once, signed, with public facts and no address of anybody', async () => {
  const id = await happen();
  expect([await turn(id), await deliverWebhook({ id, turn: 0 }, now, here()), await turn(id)]).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  const [came, ...more] = receiver.received;
  expect([more, came?.id, came?.headers['content-type']]).toEqual([[], id, 'application/json']);
  expect(new Webhook(secretOf(hook, 1)).verify(came?.body ?? '', came?.headers ?? {})).toEqual(came?.message);
  expect(came?.message).toMatchObject({ type: 'comment.created', timestamp: now.toISOString(), data: { reasons: ['first-comment'], comment: { author: 'Ida', status: 'pending', text: 'So true.' }, post: { slug: 'open', title: 'Open' } } });
  expect(came?.body).not.toMatch(/secret|@|ffff|ida\.example/);
  expect(await row(id)).toMatchObject({ turn: 1, tries: 1, answer: 204, failure: null, deliveredAt: now, nextTryAt: null, busyUntil: null });
  expect(await stateOf(id)).toBe('delivered');
});

test('a writer behind a name on one post only is told of by that name', async () => {
  const user = await makeUser({ name: 'Real Name', email: 'real@secret.example' });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), userId: user.id, postId, name: 'Moth' } });
  await db().comment.update({ where: { id: commentId }, data: { userId: user.id, pseudonymId: pseudonym.id, name: 'Moth', email: null, website: null } });
  await turn(await happen());
  expect(receiver.received[0]?.message.data).toMatchObject({ comment: { author: 'Moth' } });
  expect(receiver.received[0]?.body).not.toMatch(new RegExp(`Real|secret|${user.id}|${pseudonym.id}`));
});

test('what fails is tried again at growing distances, then given up; the button sends it by the same id', async () => {
  receiver.status = 500;
  const id = await happen();
  let at = now;
  for (const seconds of RETRY_SECONDS) {
    await turn(id, at);
    const { nextTryAt, tries, turn: next } = await row(id);
    expect([(Number(nextTryAt) - Number(at)) / 1000, await stateOf(id, at)]).toEqual([seconds, 'waiting']);
    expect((await jobs()).at(-1)).toEqual({ data: { id, turn: next }, start_after: nextTryAt });
    expect(tries).toBe(next);
    at = nextTryAt!;
  }
  await turn(id, at);
  expect([(await jobs()).length, await stateOf(id, at), (await webhook()).deadInARow]).toEqual([RETRY_SECONDS.length + 1, 'dead', 1]);
  expect(await row(id)).toMatchObject({ failure: 'refused', answer: 500, nextTryAt: null, tries: RETRY_SECONDS.length + 1 });
  expect((await findWebhooks(owner, null, at)).deadCount).toBe(1);
  receiver.status = 200;
  expect(await sendAgain(owner, id, at)).toMatchObject({ ok: true });
  await turn(id, at);
  expect([await stateOf(id, at), (await webhook()).deadInARow, new Set(receiver.received.map((one) => one.id))]).toEqual(['delivered', 0, new Set([id])]);
});

test('an earlier job that is late, or done twice, adds no try', async () => {
  receiver.status = 500;
  const id = await happen();
  await turn(id);
  await deliverWebhook({ id, turn: 0 }, after(60), here());
  expect([(await row(id)).tries, receiver.received.length]).toEqual([1, 1]);
  await sendAgain(owner, id, after(60));
  await deliverWebhook({ id, turn: 1 }, after(60), here());
  expect([(await row(id)).tries, receiver.received.length]).toEqual([0, 1]);
});

test('two workers at once send it once; who is killed in the middle leaves it to the next, by the same id', async () => {
  const id = await happen();
  let arrived!: () => void;
  let release!: () => void;
  const isThere = new Promise<void>((resolve) => { arrived = resolve; });
  const released = new Promise<void>((resolve) => { release = resolve; });
  receiver.beforeAnswering = () => { arrived(); return released; };
  const first = turn(id);
  await isThere;
  expect(await deliverWebhook({ id, turn: 0 }, now, here())).toMatchObject({ ok: false, code: 'conflict' });
  expect(await sendAgain(owner, id, now)).toMatchObject({ ok: false, code: 'conflict' });
  expect(receiver.received).toHaveLength(1);
  // As if the first were dead: after a while the next takes it, and what the first brings then counts no more.
  receiver.beforeAnswering = async () => undefined;
  expect(await deliverWebhook({ id, turn: 0 }, after(60), here())).toMatchObject({ ok: true });
  receiver.status = 500;
  release();
  await first;
  expect(receiver.received.map((one) => one.id)).toEqual([id, id]);
  expect(await row(id)).toMatchObject({ turn: 1, tries: 1, failure: null, deliveredAt: after(60) });
});

test('a webhook nobody answers for is switched off after so many, with the reason, and told of nothing more', async () => {
  receiver.status = 500;
  await db().webhook.update({ where: { id: hook }, data: { deadInARow: DEAD_IN_A_ROW_MAX - 2 } });
  const giveUp = async () => {
    const id = await happen();
    await db().webhookDelivery.update({ where: { id }, data: { tries: RETRY_SECONDS.length } });
    await turn(id);
  };
  await giveUp();
  expect(await webhook()).toMatchObject({ isOn: true, stopped: null });
  const waiting = await happen();
  await giveUp();
  expect(await webhook()).toMatchObject({ isOn: false, stopped: 'dead' });
  expect((await findWebhooks(owner, null, now)).webhooks).toMatchObject([{ isOn: false, stopped: 'dead' }]);
  const came = receiver.received.length;
  await turn(waiting);
  expect([await row(waiting), receiver.received.length]).toMatchObject([{ failure: 'off', nextTryAt: null }, came]);
  expect(await sendAgain(owner, waiting, now)).toMatchObject({ ok: false, code: 'conflict' });
  expect(await switchWebhook(owner, hook, true)).toMatchObject({ ok: true });
  expect(await webhook()).toMatchObject({ isOn: true, stopped: null, deadInARow: 0 });
});

test('one whose address says that it is gone for good is switched off at once', async () => {
  receiver.status = 410;
  await turn(await happen());
  expect(await webhook()).toMatchObject({ isOn: false, stopped: 'gone' });
});

test('a receiver that asks for time is given it, and a redirect leads nowhere', async () => {
  Object.assign(receiver, { status: 429, headers: { 'retry-after': '600' } });
  const id = await happen();
  await turn(id);
  expect((await row(id)).nextTryAt).toEqual(after(600));
  Object.assign(receiver, { status: 307, headers: { location: `${receiver.origin}/else` } });
  await turn(id, after(600));
  expect([await row(id), receiver.received.map(({ headers }) => headers.host).length]).toMatchObject([{ failure: 'refused', answer: 307 }, 2]);
});

test.each(['http://127.0.0.1/', 'https://127.0.0.1/', 'https://169.254.169.254/latest/meta-data/', 'https://[::1]/', 'https://10.0.0.1/', 'https://name.example/'])('%s is not told, though it stands in the table', async (url) => {
  await db().webhook.update({ where: { id: hook }, data: { url } });
  const id = await happen();
  const resolve: SendTo['resolve'] = (_, options, callback) => (options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4));
  await turn(id, now, { trustedOrigin: null, resolve });
  expect(await row(id)).toMatchObject({ failure: 'inside', answer: null, deliveredAt: null });
});

test('the blog itself trusts nobody on this machine', async () => {
  const id = await happen();
  await deliverWebhook({ id, turn: 0 }, now);
  expect([(await row(id)).failure, receiver.received]).toEqual(['inside', []]);
});

test('a post that is not public any more is not told of, which is nobody’s fault', async () => {
  const id = await happen('postPublished');
  await db().post.update({ where: { id: postId }, data: { status: 'private' } });
  await turn(id);
  expect([await row(id), (await webhook()).deadInARow, receiver.received]).toMatchObject([{ failure: 'hidden', nextTryAt: null }, 0, []]);
});

test('of a comment that is erased while its message waits nothing is sent but that it was', async () => {
  const id = await happen();
  await db().comment.update({ where: { id: commentId }, data: { name: '', source: '', html: '', status: 'deleted' } });
  await turn(id);
  expect(receiver.received[0]?.body).not.toMatch(/Ida|true\./);
});

test('a test is sent once, also to a webhook that is off', async () => {
  await switchWebhook(owner, hook, false);
  expect(await sendTest(owner, hook, now)).toMatchObject({ ok: true });
  const { id } = await db().webhookDelivery.findFirstOrThrow();
  receiver.status = 500;
  await turn(id);
  expect([receiver.received[0]?.message, await stateOf(id), (await webhook()).deadInARow]).toMatchObject([{ type: 'webhook.test', data: {} }, 'dead', 0]);
});

test('a new secret signs from now on, and for a day the old one does, too', async () => {
  const renewed = await renewSecret(owner, hook, now);
  const secret = renewed.ok ? renewed.value.secret : '';
  expect(secret).toBe(secretOf(hook, 2));
  await turn(await happen());
  const [came] = receiver.received;
  for (const one of [secret, secretOf(hook, 1)]) expect(new Webhook(one).verify(came?.body ?? '', came?.headers ?? {})).toEqual(came?.message);
});

test('a webhook that is deleted while a message is under way takes it along, and nothing fails', async () => {
  const id = await happen();
  receiver.beforeAnswering = async () => void (await deleteWebhook(owner, hook));
  expect(await turn(id)).toMatchObject({ ok: true });
  expect([await db().webhookDelivery.count(), await db().webhook.count()]).toEqual([0, 0]);
});

test('the worker sends what waits, and tries again by itself', async () => {
  receiver.status = 503;
  const id = await happen();
  const worker = await JobWorker.start(database.url, { webhook: { handle: async (data) => void (await deliverWebhook(data as { id: string; turn: number }, new Date(), here())), atOnce: 2 } });
  try {
    await vi.waitFor(async () => expect((await row(id)).tries).toBe(1), PATIENT);
    receiver.status = 200;
    await database.sql.query("UPDATE pgboss.job SET start_after = now() WHERE name = 'webhook'");
    worker.wake();
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('delivered'), PATIENT);
  } finally {
    await worker.close();
  }
  expect(receiver.received.map((one) => one.id)).toEqual([id, id]);
});

test('the log forgets after thirty days', async () => {
  const [old, young] = [await happen(), await happen()];
  await db().webhookDelivery.update({ where: { id: old }, data: { createdAt: after(-30 * 86_400 - 1) } });
  await forgetDeliveries(now);
  expect((await db().webhookDelivery.findMany()).map(({ id }) => id)).toEqual([young]);
});
