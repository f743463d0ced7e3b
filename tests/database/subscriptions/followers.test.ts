import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { confirmSubscriptions, leaveSubscriptions } from '@/lib/subscriptions/commands';
import { findFollowers } from '@/lib/subscriptions/followers';
import { importFollowers, sendTestPost, setMailsWholePosts } from '@/lib/subscriptions/followers-commands';
import { useDatabase } from '@/tests/support/database';
import { follow, GUEST, later, mailsTo, now, person, post, tokenOf, valueOf } from './scene';

useDatabase();

test('the followers are counted by how they stand', async () => {
  const owner = await person('owner');
  for (const email of ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']) valueOf(await follow(email));
  for (const email of ['a@example.com', 'b@example.com', 'c@example.com']) valueOf(await confirmSubscriptions(await tokenOf(email), now));
  valueOf(await leaveSubscriptions(await tokenOf('b@example.com'), 'all', later(1)));
  await db().subscriber.update({ where: { email: 'c@example.com' }, data: { pausedAt: now, pauseReason: 'bounced' } });
  valueOf(await importFollowers(owner, { text: 'email\ne@example.com\n', haveAsked: true }, now));
  expect(await findFollowers(owner)).toEqual({ instant: 2, daily: 0, weekly: 0, waiting: 1, left: 1, bounced: 1, complained: 0, imported: 1, ofComments: 0, mailsWholePosts: false, eventsAddress: expect.stringMatching(/\/api\/mail-events\/[0-9a-f]{40}$/), ownAddress: owner.email });
});

test('nobody but the owner sees, sets, sends or brings anything', async () => {
  await post();
  for (const actor of [GUEST, await person('reader'), await person('author'), await person('moderator'), await person('owner').then((owner) => ({ ...owner, standing: 'banned' as const }))]) {
    expect(await findFollowers(actor)).toBeNull();
    expect(await setMailsWholePosts(actor, true)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await sendTestPost(actor, now)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await importFollowers(actor, { text: 'email\ne@example.com\n', haveAsked: true }, now)).toMatchObject({ ok: false, code: 'not-found' });
  }
  expect([await db().subscriber.count(), await db().mail.count(), await db().site.count()]).toEqual([0, 0, 0]);
});

test('a test goes to the owner alone, as followers get it, and has nothing to leave', async () => {
  const owner = await person('owner');
  expect(await sendTestPost(owner, now)).toMatchObject({ ok: false, code: 'not-found' });
  await post('Bread');
  valueOf(await setMailsWholePosts(owner, true));
  expect(valueOf(await sendTestPost(owner, now))).toBe(owner.email);
  const [mail] = await mailsTo(owner.email);
  expect(mail).toMatchObject({ subject: 'Bread', subscriberId: null, headers: null });
  expect(mail?.text).toContain('A post about something.');
  expect(mail?.text).not.toContain('/subscriptions/');
  for (let time = 0; time < 4; time += 1) await sendTestPost(owner, now);
  expect(await sendTestPost(owner, now)).toMatchObject({ ok: false, code: 'too-many' });
});

test('a list comes in only when the owner says that these people have asked', async () => {
  const owner = await person('owner');
  expect(await importFollowers(owner, { text: 'email\ne@example.com\n', haveAsked: false }, now)).toMatchObject({ ok: false, code: 'invalid' });
  expect(await importFollowers(owner, { text: '', haveAsked: true }, now)).toMatchObject({ ok: false, code: 'invalid' });
  expect(await db().subscriber.count()).toBe(0);
});
