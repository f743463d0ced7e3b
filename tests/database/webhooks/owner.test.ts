import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { addWebhook, deleteWebhook, renewSecret, sendAgain, sendTest, switchWebhook } from '@/lib/webhooks/commands';
import { findWebhooks } from '@/lib/webhooks/queries';
import { LOG_PAGE_DELIVERIES, WEBHOOKS_MAX } from '@/lib/webhooks/schema';
import { secretOf } from '@/lib/webhooks/signature';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-27T12:00:00Z');
const person = (role: Role, standing: Person['standing'] = 'normal'): Person => ({ kind: 'person', userId: newId(), name: 'Somebody', isNamed: true, email: null, role, standing, standingUntil: null, writerHash: null });
const owner = person('owner');
type Resolve = NonNullable<Parameters<typeof addWebhook>[3]>;
const leadingTo = (address: string): Resolve => (_, __, callback) => callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
const outside = leadingTo('93.184.215.14');
const add = (actor: Actor = owner, given: object = {}, resolve = outside) => addWebhook(actor, { url: 'https://hooks.example/a', events: ['commentCreated'], ...given }, now, resolve);
const only = () => db().webhook.findFirstOrThrow();
const deliveryOf = (webhookId: string, more: object = {}) =>
  db().webhookDelivery.create({ data: { id: newId(), webhookId, event: 'test', facts: { reasons: [] }, origin: 'https://blog.example', createdAt: now, nextTryAt: now, ...more } });

test('the secret is given when the webhook is added, and never again', async () => {
  const added = await add();
  const { id } = await only();
  expect(added).toEqual({ ok: true, value: { url: 'https://hooks.example/a', secret: secretOf(id, 1) } });
  expect(JSON.stringify([await findWebhooks(owner, null, now), await only()])).not.toContain(secretOf(id, 1).slice(6, 20));
  const renewed = await renewSecret(owner, id, now);
  expect(renewed).toEqual({ ok: true, value: { url: 'https://hooks.example/a', secret: secretOf(id, 2) } });
});

test.each(['127.0.0.1', '169.254.169.254', '::1', '10.1.2.3', 'fd00::1'])('a name that leads to %s is not added', async (address) => {
  expect(await add(owner, {}, leadingTo(address))).toMatchObject({ ok: false, code: 'invalid', fields: { url: expect.stringContaining('public web') as string } });
  expect(await db().webhook.count()).toBe(0);
});

test.each(['https://127.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/', 'https://10.0.0.1/', 'https://localhost:3000/', 'https://me:word@hooks.example/', 'http://hooks.example/', ''])('“%s” is not added', async (url) => {
  expect(await add(owner, { url })).toMatchObject({ ok: false, code: 'invalid', fields: { url: expect.any(String) as string } });
  expect(await db().webhook.count()).toBe(0);
});

test('without an event, or with one that is not offered, it is not added', async () => {
  for (const events of [[], ['test'], ['x'], null]) expect(await add(owner, { events })).toMatchObject({ ok: false, code: 'invalid', fields: { events: expect.any(String) as string } });
});

test('there are so many and no more, also when several are added at once', async () => {
  const made = await Promise.all(Array.from({ length: WEBHOOKS_MAX + 3 }, () => add()));
  expect([made.filter(({ ok }) => ok).length, await db().webhook.count()]).toEqual([WEBHOOKS_MAX, WEBHOOKS_MAX]);
  expect(made.find(({ ok }) => !ok)).toMatchObject({ code: 'conflict' });
});

test.each([['a moderator', person('moderator')], ['an author', person('author')], ['a reader', person('reader')], ['a banned owner', person('owner', 'banned')], ['a guest', { kind: 'guest', writerHash: null } as Actor]])('%s does nothing here and sees nothing', async (_, actor) => {
  await add();
  const { id } = await only();
  const delivery = await deliveryOf(id);
  const tried = [await add(actor), await renewSecret(actor, id, now), await switchWebhook(actor, id, false), await deleteWebhook(actor, id), await sendTest(actor, id, now), await sendAgain(actor, delivery.id, now)];
  for (const result of tried) expect(result).toMatchObject({ ok: false, code: 'not-found' });
  expect([await db().webhook.count(), await db().webhookDelivery.count(), (await only()).isOn, (await only()).secretNumber]).toEqual([1, 1, true, 1]);
  if (actor.kind === 'person') expect(await findWebhooks(actor, null, now)).toEqual({ webhooks: [], deliveries: [], next: null, deadCount: 0 });
});

test('what is not there is refused', async () => {
  for (const act of [renewSecret, deleteWebhook, sendTest, sendAgain] as const) expect(await act(owner, newId(), now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await switchWebhook(owner, newId(), true)).toMatchObject({ ok: false, code: 'not-found' });
});

test('the log is read newest first, page by page', async () => {
  await add();
  const { id } = await only();
  for (let minute = 0; minute < LOG_PAGE_DELIVERIES + 2; minute += 1) await deliveryOf(id, { createdAt: new Date(now.getTime() + minute * 60_000), tries: minute });
  const first = await findWebhooks(owner, null, now);
  const second = await findWebhooks(owner, first.next, now);
  expect([first.deliveries.length, first.deliveries[0]?.tries, second.deliveries.map(({ tries }) => tries), second.next]).toEqual([LOG_PAGE_DELIVERIES, LOG_PAGE_DELIVERIES + 1, [1, 0], null]);
  expect((await findWebhooks(owner, newId(), now)).deliveries).toHaveLength(LOG_PAGE_DELIVERIES);
});
