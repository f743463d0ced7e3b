import { expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { db } from '@/lib/db/client';
import { answerRemoval, askForRemoval, proveRemoval, remindOfRemovals } from '@/lib/privacy/removal-commands';
import { countRemovals, findRemoval, listRemovals } from '@/lib/privacy/removals';
import { useDatabase } from '@/tests/support/database';
import { GUEST, later, mails, mailsTo, now, origin, person } from '../subscriptions/scene';

useDatabase();
const DAY = 24 * 60 * 60;
const EMAIL = 'asker@example.com';
const ASKED = { place: `${origin}/posts/one#comment-aaaaaaaaaaaa`, words: 'My child is named here.', name: 'Anna', email: EMAIL };
let places = 0;
const here = <T>(work: () => T): T => withAnswer(newAnswer({ requestId: 'test', clientIp: '10.0.0.1', origin }), work);
const ask = (given: Partial<typeof ASKED> = {}, ip = `10.2.${(places += 1) % 250}.1`, at = now) => here(() => askForRemoval({ ...ASKED, ...given }, ip, at));
async function asked(given: Partial<typeof ASKED> = {}): Promise<string> {
  const result = await ask(given);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
const list = (...args: Parameters<typeof listRemovals>) => here(() => listRemovals(...args));
const idOf = async () => (await db().removalRequest.findFirstOrThrow()).id;
const mailToken = async () => /\/privacy\/removal\/([\w-]+)/.exec((await mailsTo(EMAIL))[0]?.text ?? '')?.[1] ?? '';
const ANSWER = { outcome: 'removed', answer: 'We took the name out.' };

test('whoever is written about asks without an account, and reads the answer on the page of the request', async () => {
  const moderator = await person('moderator');
  const token = await asked({ email: '' });
  expect(await findRemoval(token)).toMatchObject({ place: ASKED.place, words: ASKED.words, email: null, outcome: null, dueAt: later(30 * DAY) });
  expect(await here(() => answerRemoval(moderator, { ...ANSWER, id: '0190e8b0-0000-7000-8000-000000000000' }, later(DAY)))).toMatchObject({ ok: false, code: 'not-found' });
  expect(await here(async () => answerRemoval(moderator, { id: await idOf(), ...ANSWER }, later(DAY)))).toMatchObject({ ok: true });
  expect(await findRemoval(token)).toMatchObject({ outcome: 'removed', answer: ANSWER.answer, answeredAt: later(DAY) });
  expect((await mails()).map(({ to }) => to)).toEqual([moderator.email]);
});

test('to an address that was given goes one mail; the answer only where whoever reads its mail has said so', async () => {
  const owner = await person('owner');
  const token = await asked();
  expect(await mailsTo(EMAIL)).toHaveLength(1);
  expect(await proveRemoval(token, now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await findRemoval(token)).toMatchObject({ isProven: false, isByMail: false });
  const byMail = await mailToken();
  expect(byMail).not.toBe(token);
  expect(await findRemoval(byMail)).toMatchObject({ isProven: false, isByMail: true });
  expect(await proveRemoval(byMail, now)).toMatchObject({ ok: true });
  expect(await proveRemoval(byMail, now)).toMatchObject({ ok: true });
  await here(async () => answerRemoval(owner, { id: await idOf(), ...ANSWER }, later(DAY)));
  const [, answer, ...others] = await mailsTo(EMAIL);
  expect([answer?.text.includes(ANSWER.answer), others]).toEqual([true, []]);
});

test('unproven, an address gets no answer, whatever the desk writes', async () => {
  const owner = await person('owner');
  await asked();
  await here(async () => answerRemoval(owner, { id: await idOf(), ...ANSWER }, later(DAY)));
  expect(await mailsTo(EMAIL)).toHaveLength(1);
});

test('owners and moderators are told at once and see the list, an address owners alone; nobody else knows of it', async () => {
  const [owner, moderator, author, reader] = [await person('owner'), await person('moderator'), await person('author'), await person('reader')];
  await asked();
  expect((await mails()).map(({ to }) => to).sort()).toEqual([EMAIL, owner.email, moderator.email].sort());
  expect((await list(owner, now))?.waiting).toMatchObject([{ name: 'Anna', email: EMAIL, path: '/posts/one#comment-aaaaaaaaaaaa', daysLeft: 30, outcome: null }]);
  expect((await list(moderator, now))?.waiting).toMatchObject([{ name: 'Anna', email: null }]);
  for (const one of [author, reader, GUEST]) {
    expect(await list(one, now)).toBeNull();
    expect(await countRemovals(one, now)).toBeNull();
    expect(await here(async () => answerRemoval(one, { id: await idOf(), ...ANSWER }, now))).toMatchObject({ ok: false, code: 'not-found' });
  }
  expect(await db().removalRequest.count({ where: { answeredAt: null } })).toBe(1);
});

test('of two who answer at once one does', async () => {
  const [owner, moderator] = [await person('owner'), await person('moderator')];
  await asked();
  await here(async () => proveRemoval(await mailToken(), now));
  const id = await idOf();
  const answers = await Promise.all([owner, moderator].map((one) => here(() => answerRemoval(one, { id, ...ANSWER, answer: `By ${one.role}.` }, later(1)))));
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code)).sort()).toEqual(['conflict', 'ok']);
  expect((await mailsTo(EMAIL)).filter(({ text }) => text.includes('By '))).toHaveLength(1);
});

test('the one that is due first stands at the head; what is late is counted, and the desk is told once more when a week is left', async () => {
  const owner = await person('owner');
  await asked({ place: '/first' });
  await here(() => askForRemoval({ ...ASKED, place: '/second', email: '' }, '10.3.0.1', later(5 * DAY)));
  expect((await list(owner, later(6 * DAY)))?.waiting.map(({ place }) => place)).toEqual(['/first', '/second']);
  expect(await countRemovals(owner, later(31 * DAY))).toEqual({ waiting: 2, late: 1 });
  await remindOfRemovals(origin, later(22 * DAY));
  expect(await mailsTo(owner.email)).toHaveLength(2);
  await remindOfRemovals(origin, later(23.5 * DAY));
  await remindOfRemovals(origin, later(23.6 * DAY));
  const reminders = (await mailsTo(owner.email)).slice(2);
  expect(reminders.map(({ text }) => [text.includes('/first'), text.includes('/second')])).toEqual([[true, false]]);
});

test.each([
  [{ place: ' ' }, 'place'], [{ words: '\n' }, 'words'], [{ place: 'x'.repeat(1_001) }, 'place'], [{ words: 'ü'.repeat(5_001) }, 'words'], [{ name: 'x'.repeat(246) }, 'name'], [{ email: 'none' }, 'email'], [{ email: 'a@b.example\r\nBcc: c@d.example' }, 'email'],
] as const)('%o is refused with a sentence at its field, and nothing is kept', async (given, field) => {
  expect(await ask(given)).toMatchObject({ ok: false, code: 'invalid', fields: { [field]: expect.any(String) as string } });
  expect([await db().removalRequest.count(), await db().mail.count()]).toEqual([0, 0]);
});

test('so many come from one place on the network', async () => {
  const answers = [];
  for (let times = 0; times < 6; times += 1) answers.push(await ask({ email: '' }, '10.98.0.1'));
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false]);
});

test.each([['//evil.example/x', null], ['https://evil.example/posts/one', null], ['javascript:alert(1)', null], ['the post about the sea', null], ['/posts/one', '/posts/one'], [`${origin}/about`, '/about']])('“%s” is a link at the desk to %s', async (place, path) => {
  const owner = await person('owner');
  await asked({ place, email: '' });
  expect((await list(owner, now))?.waiting[0]?.path).toBe(path);
});
