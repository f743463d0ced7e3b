import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countNew, FAILED_MAX_MS, isNews, newsPath, pauseMs, waitMs } from '@/lib/comments/news';

const never = () => false;

test('an open page asks about once a minute, each at a moment of its own', () => {
  expect([0, 0.5, 1].map((chance) => Math.round(pauseMs(0, chance)))).toEqual([48_000, 60_000, 72_000]);
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => Math.abs(pauseMs(0, chance) - 60_000) < 12_001));
});

test('after each failure it waits twice as long, up to a quarter of an hour, however often it fails', () => {
  expect([1, 2, 3, 4, 5, 5_000].map((failures) => pauseMs(failures, 0.5))).toEqual([120_000, 240_000, 480_000, FAILED_MAX_MS, FAILED_MAX_MS, FAILED_MAX_MS]);
});

test('what is due waits for its moment; what was due is asked within two seconds, not by all at once', () => {
  expect([waitMs(30_000, 0.9), waitMs(0, 0.5), waitMs(-600_000, 1), waitMs(-1, 0)]).toEqual([30_000, 1_000, 2_000, 0]);
});

test.each<[string, number, number, string | null, boolean, number]>([
  ['as many as before', 3, 3, 'aaaaaaaaaaaa', true, 0],
  ['two more', 3, 5, 'bbbbbbbbbbbb', false, 2],
  ['one more, written before the newest and published after it', 3, 4, 'aaaaaaaaaaaa', true, 1],
  ['the first of all', 0, 1, 'bbbbbbbbbbbb', false, 1],
  ['one gone and one come', 3, 3, 'bbbbbbbbbbbb', false, 1],
  ['one gone', 3, 2, 'aaaaaaaaaaaa', true, 0],
  ['the newest gone, and an older one of another page the newest again', 3, 2, 'cccccccccccc', false, 0],
  ['all gone', 3, 0, null, false, 0],
  ['none before and none now', 0, 0, null, false, 0],
])('%s', (_, shown, comments, newest, isKnown, expected) => {
  expect(countNew(shown, { comments, newest }, (id) => id === newest && isKnown)).toBe(expected);
});

test('there are never less than none, nor more than there are', () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), fc.option(fc.constant('aaaaaaaaaaaa')), (shown, comments, newest) => {
    const count = countNew(shown, { comments, newest }, never);
    return count >= 0 && count <= Math.max(comments, 1) && (comments > shown || count <= 1);
  }));
});

test.each<[string, unknown]>([
  ['nothing', null], ['words', 'Please log in'], ['a list', []], ['another object', { error: 'no' }], ['no number', { comments: '3', newest: null }], ['a part of one', { comments: 1.5, newest: null }],
  ['no newest', { comments: 3 }], ['a path', { comments: 3, newest: '../../admin' }], ['an address', { comments: 3, newest: '//evil.test' }],
])('%s is no answer', (_, value) => {
  expect(isNews(value)).toBe(false);
});

test('what the blog says is one', () => {
  expect([{ comments: 3, newest: 'abc234abc234' }, { comments: 0, newest: null }].map(isNews)).toEqual([true, true]);
});

test('a slug of any letters has its path', () => {
  expect(newsPath('größe')).toBe('/posts/gr%C3%B6%C3%9Fe/count');
});
