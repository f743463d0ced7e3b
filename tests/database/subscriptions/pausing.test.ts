import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { confirmSubscriptions, resumeSubscriptions } from '@/lib/subscriptions/commands';
import { receiveMailEvents } from '@/lib/subscriptions/pausing';
import { sendPostNotices } from '@/lib/subscriptions/post-notices';
import { mailEventsToken } from '@/lib/subscriptions/tokens';
import { useDatabase } from '@/tests/support/database';
import { follow, later, mailsTo, now, origin, post, subscriber, tokenOf, valueOf } from './scene';

useDatabase();

const INES = 'ines@example.com';
const bounce = JSON.stringify({ event: 'hard_bounce', email: INES });
const complaint = JSON.stringify({ event: 'spam', email: INES });
const tell = (body: string, token = mailEventsToken()) => receiveMailEvents(token, body, now);

async function follower() {
  valueOf(await follow(INES));
  valueOf(await confirmSubscriptions(await tokenOf(INES), now));
}

async function newsComes(title: string): Promise<number> {
  const before = (await mailsTo(INES)).length;
  await sendPostNotices({ post: (await post(title)).id, origin }, later(60));
  return (await mailsTo(INES)).length - before;
}

test('an address whose mail came back is told nothing, until its owner says that it works', async () => {
  await follower();
  expect(valueOf(await tell(bounce))).toBe(1);
  expect(await subscriber(INES)).toMatchObject({ pausedAt: now, pauseReason: 'bounced' });
  expect(await newsComes('Bread')).toBe(0);
  valueOf(await resumeSubscriptions(await tokenOf(INES)));
  expect(await newsComes('Butter')).toBe(1);
});

test('a complaint stands, whatever comes after it, and who made it is not asked again by what others type', async () => {
  await follower();
  await tell(complaint);
  await tell(bounce);
  expect(await subscriber(INES)).toMatchObject({ pauseReason: 'complained' });
  await follow(INES);
  expect(await mailsTo(INES)).toHaveLength(1);
});

test('without the secret nothing is taken, and what is no JSON is refused', async () => {
  await follower();
  for (const token of ['', 'x'.repeat(40), `${mailEventsToken()}0`, mailEventsToken().toUpperCase() + 'g']) expect(await tell(bounce, token)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await tell('words')).toMatchObject({ ok: false, code: 'malformed' });
  expect(await subscriber(INES)).toMatchObject({ pausedAt: null });
});

test('of an address that the blog does not know nothing is kept', async () => {
  await tell(JSON.stringify([{ event: 'bounce', email: 'stranger@example.com' }]));
  expect(await db().subscriber.count()).toBe(0);
});
