import { beforeEach, describe, expect, test } from 'vitest';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { SCREENING_DEFAULTS } from '@/lib/moderation/schema';
import { LIST_MAX_LINES, LONG_LIST_LINES } from '@/lib/moderation/rules-form';
import { findRuleList, findRulesFor } from '@/lib/moderation/rules-view';
import { findScreeningRules, presentRuleset } from '@/lib/moderation/screening-rules';
import { setScreeningRules } from '@/lib/moderation/set-rules';
import { listByStanding } from '@/lib/people/queries';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();
const now = new Date('2026-11-26T08:00:00Z');

const person = (role: Role): Person => ({ kind: 'person', userId: crypto.randomUUID(), name: 'P', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null });
const owner = person('owner');
const set = (version: number, typed: Record<string, unknown>, actor: Actor = owner) => setScreeningRules(actor, version, typed, new Date());
const words = async () => (await findScreeningRules()).rules.heldWords;

let changed: string[] = [];
beforeEach(() => {
  changed = [];
  onOwnChange((tags) => changed.push(...tags));
});

describe('setting', () => {
  test('an owner’s first change makes the row, and the next comment is screened by it', async () => {
    expect((await presentRuleset(db())).held.find(['a casino'])).toBeNull();
    expect(await set(0, { heldWords: 'casino\r\n\r\n  poker \n casino\n', maxLinks: '3', holdAll: 'on', newPostCare: 'careful' })).toEqual({ ok: true, value: 1 });
    expect(await findScreeningRules()).toEqual({ version: 1, rules: { ...SCREENING_DEFAULTS, heldWords: ['casino', 'poker'], maxLinks: 3, holdAll: true, newPostCare: 'careful' } });
    expect((await presentRuleset(db())).held.find(['a casino'])).toBe('casino');
  });

  test('what is not sent is not changed', async () => {
    const { version } = await makeRules({ heldWords: ['casino'], maxLinks: 5 });
    expect(await set(version, { maxLinks: '4' })).toEqual({ ok: true, value: version + 1 });
    expect((await findScreeningRules()).rules).toMatchObject({ heldWords: ['casino'], maxLinks: 4 });
  });

  test('nothing changed is nothing saved', async () => {
    expect(await set(0, {})).toEqual({ ok: true, value: 0 });
    expect(await db().screeningRules.count()).toBe(0);
  });

  test.each<[string, Actor, string]>([
    ['guest', { kind: 'guest', writerHash: null }, 'not-signed-in'], ['reader', person('reader'), 'not-found'], ['banned author', { ...person('author'), standing: 'banned' }, 'not-found'],
    ['author', person('author'), 'forbidden'], ['moderator', person('moderator'), 'forbidden'],
  ])('a %s sets nothing', async (_who, actor, code) => {
    expect(await set(0, { heldWords: 'casino' }, actor)).toMatchObject({ ok: false, code });
    expect(await words()).toEqual([]);
  });

  test.each([
    ['maxLinks', 'two', 'Please enter a whole number from 0 to 100.'], ['maxLinks', '101', 'Please enter a whole number from 0 to 100.'], ['maxLinks', '', 'Please enter a whole number from 0 to 100.'],
    ['spamAbove', '49', 'Please enter a whole number from 50 to 100.'], ['floodSeconds', '-1', 'Please enter a whole number from 0 to 3,600.'], ['closeAfterDays', '99999', 'Please enter a whole number from 0 to 3,650.'],
    ['newPostCare', 'wild', 'Please choose one of those offered.'], ['holdAll', 'perhaps', 'Please choose one of those offered.'],
    ['refused', 'a@b.example\nnot one', '“not one” is no e-mail address, no domain and no address on the network.'],
    ['refused', '192.0.2.0/33', '“192.0.2.0/33” is no e-mail address, no domain and no address on the network.'],
    ['trusted', 'what\nis\nthis', '“what” is no e-mail address and no domain. 2 more lines are not right either.'],
    ['trusted', '192.0.2.7', '“192.0.2.7” is an address on the network: many people may write from there, so nobody is trusted by it.'],
    ['heldWords', 'x'.repeat(201), `“${'x'.repeat(40)}”… is too long: a line has at most 200 characters.`],
    ['heldWords', Array.from({ length: LIST_MAX_LINES + 1 }, (_, at) => `w${at}`).join('\n'), 'These are 100,001 lines. A list has at most 100,000.'],
  ])('%s does not take %.20j, and says why', async (field, value, sentence) => {
    expect(await set(0, { heldWords: 'casino', [field]: value })).toMatchObject({ ok: false, code: 'invalid', fields: { [field]: sentence } });
    expect(await words()).toEqual([]);
  });

  test('what the database could not keep is left out of a list', async () => {
    expect(await set(0, { heldWords: 'ca\0sino\n""\n\uD800x' })).toMatchObject({ ok: true });
    expect(await words()).toEqual(['casino', 'x']);
  });

  test('sixty thousand phrases are saved and looked for', async () => {
    const phrases = Array.from({ length: 60_000 }, (_, at) => `phrase number ${at}`);
    expect(await set(0, { disallowedWords: phrases.join('\n') })).toMatchObject({ ok: true });
    expect((await presentRuleset(db())).disallowed.find(['a phrase number 59999 here'])).toMatch(/^phrase number 5/);
  });
});

describe('two owners at once', () => {
  test.each([['the first rules', false], ['rules that are there', true]])('of eight changes of %s one is saved, and the others are told', async (_what, areThere) => {
    const version = areThere ? (await makeRules({})).version : 0;
    const results = await Promise.all(Array.from({ length: 8 }, (_, at) => set(version, { heldWords: `word ${at}` })));
    expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, value: version + 1 }]);
    expect(results.filter((result) => !result.ok && result.code === 'conflict')).toHaveLength(7);
    expect((await findScreeningRules()).version).toBe(version + 1);
  });

  test('a version that never was is a conflict, and changes neither the rules nor the days', async () => {
    expect(await set(-1, { heldWords: 'casino', closeAfterDays: '9' })).toMatchObject({ ok: false, code: 'conflict' });
    expect([await words(), await db().site.count()]).toEqual([[], 0]);
  });
});

describe('the days after which comments close', () => {
  test('are kept with the site, and every page that shows it hears of it', async () => {
    expect(await set(0, { closeAfterDays: '30', maxLinks: '1' })).toMatchObject({ ok: true });
    expect(await db().site.findFirst({ select: { closeAfterDays: true, title: true } })).toEqual({ closeAfterDays: 30, title: 'Soapbox' });
    expect(changed).toEqual(['site']);
  });

  test('where they stay the same nothing is told, for no page shows the other rules', async () => {
    expect(await set(0, { closeAfterDays: '0', maxLinks: '1' })).toMatchObject({ ok: true });
    expect(changed).toEqual([]);
  });
});

describe('who reads the rules', () => {
  const given = { trusted: ['school.example', 'mary@home.example'], refused: ['192.0.2.7', '192.0.2.0/24', 'casino.example'], heldWords: ['poker', 'tom@shop.example'] };

  test('an owner sees every line', async () => {
    await makeRules(given);
    const { lists, isOwner } = await findRulesFor(owner);
    expect(isOwner).toBe(true);
    expect([lists.trusted.lines, lists.refused.lines, lists.heldWords.lines]).toEqual([given.trusted, given.refused, given.heldWords]);
  });

  test.each<Role>(['moderator', 'author'])('a %s sees no address, and how many there are', async (role) => {
    await makeRules(given);
    const view = await findRulesFor(person(role));
    expect(view.lists).toMatchObject({
      trusted: { lines: ['school.example'], count: 2, hidden: 1 }, refused: { lines: ['casino.example'], count: 3, hidden: 2 }, heldWords: { lines: ['poker'], count: 2, hidden: 1 },
    });
    expect(JSON.stringify(view)).not.toMatch(/@|192\.0\.2/);
    expect(await findRuleList(person(role), 'trusted')).toBeNull();
  });

  test('a long list is not in the page; an owner fetches it', async () => {
    const long = Array.from({ length: LONG_LIST_LINES + 1 }, (_, at) => `w${at}`);
    await makeRules({ heldWords: long });
    expect((await findRulesFor(owner)).lists.heldWords).toEqual({ lines: [], count: LONG_LIST_LINES + 1, hidden: 0 });
    expect(await findRuleList(owner, 'heldWords')).toEqual(long);
    expect((await findRulesFor(person('moderator'))).lists.heldWords).toMatchObject({ count: LONG_LIST_LINES + 1, lines: { length: 200 } });
  });

  test('people with a standing are named to moderators as far as they know of them, and to authors not at all', async () => {
    const post = await makePost({ authorId: (await makeUser()).id, slug: 'one' });
    const [held, ended, silent] = await Promise.all([
      makeUser({ name: 'Held', standing: 'held' }), makeUser({ name: 'Over', standing: 'banned', standingUntil: new Date(now.getTime() - 1) }), makeUser({ name: 'Silent', standing: 'banned' }),
    ]);
    for (const { id } of [held, ended]) await makeComment({ postId: post.id, userId: id, email: null });
    const names = async (viewer: Person) => (await listByStanding(viewer, now)).map(({ name }) => name);
    expect(await names(owner)).toEqual(['Held', 'Silent']);
    expect(await names(person('moderator'))).toEqual(['Held']);
    expect(await names(person('author'))).toEqual([]);
    expect(silent.standing).toBe('banned');
  });
});

test('the lists fit the row of one site only', async () => {
  await set(0, { heldWords: 'casino' });
  await expect(database.sql.query('INSERT INTO "ScreeningRules" (id) VALUES (2)')).rejects.toThrow();
});
