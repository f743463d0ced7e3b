import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PostStatus } from '@/lib/db/generated/enums';
import { postActSchema, type PostAct } from '@/lib/posts/post-form';
import { isMadeOf, isReserved, nthSlug, wishedSlug } from '@/lib/posts/slug-rules';
import { nextState, publicationOf, readersPath, restoredState, stateOf } from '@/lib/posts/states';
import { slugOf } from '@/lib/text/slug';

const now = new Date('2026-11-26T10:00:00Z');
const before = new Date('2026-11-26T09:59:59Z');
const after = new Date('2026-11-26T10:00:01Z');

const STATES = Object.values(PostStatus);
const ACTS: PostAct['to'][] = ['draft', 'published', 'scheduled', 'unlisted', 'private', 'password', 'update'];
const status = fc.constantFrom(...STATES);
const act = fc.constantFrom(...ACTS);
const moment = fc.option(fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }), { nil: null });

describe('states', () => {
  test('every act of the editor is in the table, from every state', () => {
    expect(Object.keys(nextState).sort()).toEqual([...STATES].sort());
    for (const from of STATES) expect(Object.keys(nextState[from]).sort()).toEqual([...ACTS].sort());
    expect(postActSchema.options.map((option) => option.shape.to.value).sort()).toEqual([...ACTS].sort());
  });

  test('an act leads where it says, an update nowhere else, and nothing leads out of the trash', () => {
    fc.assert(fc.property(status, act, (from, to) => {
      const next = nextState[from][to];
      expect(next).toBe(from === 'trash' ? null : to === 'update' ? from : to);
    }));
  });

  test('a post never gets a day of publication that is still to come but by scheduling, and keeps the one that is past', () => {
    fc.assert(fc.property(status.filter((one) => one !== 'trash'), act, moment, (from, to, day) => {
      const state = nextState[from][to];
      const at = publicationOf(day, state!, to, to === 'scheduled' ? after : null, now);
      if (to === 'update') expect(at).toBe(day);
      else if (to === 'scheduled') expect(at).toBe(after);
      else if (day && day <= now) expect(at).toBe(day);
      else expect(at).toEqual(to === 'draft' ? null : now);
    }));
  });

  test.each<[PostStatus, Date | null, string | null, string]>([
    ['published', before, '/posts/x', 'published'], ['published', now, '/posts/x', 'published'], ['published', after, null, 'scheduled'], ['published', null, null, 'published'],
    ['unlisted', before, '/posts/x', 'unlisted'], ['password', before, '/posts/x', 'password'], ['private', before, null, 'private'], ['scheduled', before, null, 'scheduled'], ['draft', null, null, 'draft'], ['trash', before, null, 'draft'],
  ])('a post that is %s, of %j, is found at %j and shown as %s', (one, publishedAt, path, shown) => {
    expect([readersPath({ kind: 'post', slug: 'x', status: one, publishedAt }, now), stateOf({ status: one, publishedAt }, now)]).toEqual([path, shown]);
  });

  test('nothing comes out of the trash that was not out before', () => {
    fc.assert(fc.property(fc.option(status, { nil: null }), moment, (trashedFrom, publishedAt) => {
      const back = restoredState({ trashedFrom, publishedAt }, now);
      expect(back.state === (trashedFrom ?? 'draft') || back.state === 'draft').toBe(true);
      if (back.state === 'scheduled') expect(back.publishedAt! > now).toBe(true);
    }));
  });
});

describe('address words', () => {
  test.each<[string, string, boolean]>([
    ['rain', 'Rain', true], ['rain-2', 'Rain', true], ['rain-13', 'Rain', true], ['rain-1', 'Rain', false], ['rain-02', 'Rain', false], ['rain-today', 'Rain', false], ['snow', 'Rain', false],
    ['untitled', '', true], ['untitled-2', '!!!', true], ['top-10', 'Top 10', true], ['top-10-2', 'Top 10', true],
  ])('“%s” of “%s”: %s', (slug, title, made) => expect(isMadeOf(slug, title)).toBe(made));

  test('the nth is made of the title, at most 200 long, and no two are the same', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), fc.integer({ min: 2, max: 5_000 }), (title, n) => {
      const base = slugOf(title);
      const [first, nth] = [nthSlug(base, 1), nthSlug(base, n)];
      expect(first).toBe(base);
      expect(nth).not.toBe(first);
      expect(nth.length).toBeLessThanOrEqual(200);
      expect(nth.isWellFormed()).toBe(true);
    }));
  });

  test('what is typed becomes one; nothing stays nothing', () => {
    expect(['', '  ', ' My Page ', 'Über/uns?x', '..'].map(wishedSlug)).toEqual(['', '', 'my-page', 'uber-uns-x', 'untitled']);
  });

  test('the blog’s own are kept from pages, not from posts', () => {
    expect([isReserved('page', 'search'), isReserved('post', 'search'), isReserved('page', 'about'), isReserved('page', 'privacy')]).toEqual([true, false, false, false]);
  });
});
