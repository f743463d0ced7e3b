import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORM_DAYS, pageFormToken, readerFormToken, readFormToken } from '@/lib/comments/form-token';

const DAY_MS = 24 * 60 * 60 * 1000;
const POST = '0193a1c2-0000-7000-8000-000000000001';
const now = new Date('2026-11-26T09:30:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);

const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2080-01-01'), noInvalidDate: true });
const ages = fc.integer({ min: 0, max: (FORM_DAYS - 1) * DAY_MS });

test('a form that this blog made for this post is known, for two months, and of one made for a reader how long ago', () => {
  fc.assert(fc.property(fc.uuid(), moments, ages, (postId, made, age) => {
    const sent = new Date(made.getTime() + age);
    const { seconds } = readFormToken(readerFormToken(postId, made), postId, sent)!;
    expect(Math.abs(seconds! - age / 1000)).toBeLessThanOrEqual(1);
    expect(readFormToken(pageFormToken(postId, made).token, postId, sent)).toEqual({ seconds: null });
  }));
});

test('a token of another post, or with one character changed, is none', () => {
  fc.assert(fc.property(fc.uuid(), fc.uuid(), moments, fc.nat(), fc.constantFrom(...'0123456789abcdefpr.'), (postId, other, made, at, letter) => {
    for (const token of [readerFormToken(postId, made), pageFormToken(postId, made).token]) {
      if (other !== postId) expect(readFormToken(token, other, made)).toBeNull();
      const place = at % token.length;
      const forged = token.slice(0, place) + letter + token.slice(place + 1);
      if (forged !== token) expect(readFormToken(forged, postId, made)).toBeNull();
    }
  }));
});

test('whatever is sent in its place is none, and nothing breaks', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (sent) => {
    expect(readFormToken(sent, POST, now)).toBeNull();
  }));
});

test('a form is too old after its days, and one of the time to come is none, but for the clocks of two instances', () => {
  const token = readerFormToken(POST, now);
  expect(readFormToken(token, POST, after(FORM_DAYS * DAY_MS))).not.toBeNull();
  expect(readFormToken(token, POST, after(FORM_DAYS * DAY_MS + 1000))).toBeNull();
  expect(readFormToken(token, POST, after(-60_000))).toEqual({ seconds: 0 });
  expect(readFormToken(token, POST, after(-DAY_MS))).toBeNull();
});

test('a page made twice in a day is the same, and is made anew a month before its form ends', () => {
  fc.assert(fc.property(moments, (made) => {
    const { token, keepUntil } = pageFormToken(POST, made);
    const evening = new Date(Math.floor(made.getTime() / DAY_MS) * DAY_MS + DAY_MS - 1);
    expect(pageFormToken(POST, evening).token).toBe(token);
    expect(keepUntil.getTime()).toBeGreaterThan(made.getTime());
    expect(readFormToken(token, POST, new Date(keepUntil.getTime() + 29 * DAY_MS))).not.toBeNull();
  }));
});
