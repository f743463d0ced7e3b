import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { confirmSubscriptions, leaveSubscriptions } from '@/lib/subscriptions/commands';
import { importSubscribers } from '@/lib/subscriptions/importing';
import { sendPostNotices } from '@/lib/subscriptions/post-notices';
import { eraseSubscriber } from '@/lib/subscriptions/subscribing';
import { useDatabase } from '@/tests/support/database';
import { follow, later, mailsTo, now, origin, post, subscriber, tokenOf, valueOf } from './scene';

useDatabase();

const GHOST = (...rows: [string, string][]) => `id,email,subscribed_to_emails\n${rows.map(([email, on], index) => `${index},${email},${on}`).join('\n')}\n`;
const importing = async (text: string, dryRun = false) => valueOf(await importSubscribers(text, { dryRun }, now));

test('who is on a list follows from now on; the first mail says where the address comes from and how to leave', async () => {
  expect(await importing(GHOST(['ines@example.com', 'true'], ['jonas@example.com', 'false'], ['nobody', 'true'], ['INES@example.com', 'true']))).toEqual({
    dryRun: false, source: 'Ghost', rows: [{ kind: 'subscribers', cameIn: 1, alreadyHere: 1, skipped: 2 }],
    notes: [expect.objectContaining({ count: 1, examples: [{ line: 3, what: 'jonas@example.com' }] }), expect.objectContaining({ count: 1, examples: [{ line: 5, what: 'INES@example.com' }] }), expect.objectContaining({ count: 1, examples: [{ line: 4, what: 'nobody' }] })],
  });
  expect(await db().mail.count()).toBe(0);
  const there = await post();
  await sendPostNotices({ post: there.id, origin }, later(60));
  const [mail] = await mailsTo('ines@example.com');
  expect(mail?.text).toContain('You used to get these posts from Ghost.');
  expect(mail?.text).toContain(`${origin}/subscriptions/${await tokenOf('ines@example.com')}/unsubscribe?what=posts`);
});

test('nobody doubles when it comes in twice', async () => {
  await importing(GHOST(['ines@example.com', 'true']));
  expect((await importing(GHOST(['ines@example.com', 'true']))).rows).toEqual([{ kind: 'subscribers', cameIn: 0, alreadyHere: 1, skipped: 0 }]);
  expect(await db().subscriber.count()).toBe(1);
});

test('nobody comes back by a list who has left everything, or new posts, or had everything deleted, or has not said yes', async () => {
  const addresses = ['left@example.com', 'posts@example.com', 'erased@example.com', 'asked@example.com', 'refused@example.com'];
  for (const email of addresses) valueOf(await follow(email));
  for (const email of addresses.slice(0, 3)) valueOf(await confirmSubscriptions(await tokenOf(email), now));
  valueOf(await leaveSubscriptions(await tokenOf('left@example.com'), 'all', later(1)));
  valueOf(await leaveSubscriptions(await tokenOf('posts@example.com'), 'posts', later(1)));
  valueOf(await leaveSubscriptions(await tokenOf('refused@example.com'), 'all', later(1)));
  await db().$transaction((tx) => eraseSubscriber(tx, 'erased@example.com', later(1)));
  const report = await importing(GHOST(...addresses.map((email): [string, string] => [email, 'true'])));
  expect(report.rows).toEqual([{ kind: 'subscribers', cameIn: 0, alreadyHere: 0, skipped: 5 }]);
  const there = await post();
  const before = await db().mail.count();
  await sendPostNotices({ post: there.id, origin }, later(60));
  expect(await db().mail.count()).toBe(before);
});

test('a dry run says the same and writes nothing', async () => {
  expect((await importing(GHOST(['ines@example.com', 'true'], ['jonas@example.com', 'false']), true)).rows).toEqual([{ kind: 'subscribers', cameIn: 1, alreadyHere: 0, skipped: 1 }]);
  expect(await db().subscriber.count()).toBe(0);
});

test('who is told of comments already, and not of posts, follows too', async () => {
  valueOf(await follow('ines@example.com'));
  valueOf(await confirmSubscriptions(await tokenOf('ines@example.com'), now));
  await db().subscriber.updateMany({ data: { posts: null, postsSince: null } });
  await importing(GHOST(['ines@example.com', 'true']));
  expect(await subscriber('ines@example.com')).toMatchObject({ posts: 'instant', importedFrom: 'Ghost' });
});

test('what is no list is refused, and nothing is written', async () => {
  for (const text of ['name\nInes\n', 'email\n"ines@example.com']) expect(await importSubscribers(text, { dryRun: false }, now)).toMatchObject({ ok: false, code: 'invalid' });
  expect(await db().subscriber.count()).toBe(0);
});
