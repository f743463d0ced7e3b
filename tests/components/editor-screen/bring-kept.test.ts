import { expect, test } from 'vitest';
import { bringKept } from '@/components/editor-screen/bring-kept';
import type { OwnedCopy } from '@/components/editor-screen/kept-copies';
import type { Answer } from '@/components/editor-screen/saver';
import type { PostFields, Saved } from '@/lib/posts/post-form';
import { fail, ok } from '@/lib/result';

const FIELDS: PostFields = { title: '', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };
const SAVED: Saved = { id: '1', seen: '2.0', savedAt: '2026-11-26T10:00:00.000Z', state: 'draft', at: null, wallClock: '', slug: '', password: '', path: null, isAhead: false, others: [] };
const kept = (person: string, title: string): OwnedCopy => ({ person, copy: { post: title, kind: 'post', fields: { ...FIELDS, title }, seen: '1.0', at: '2026-11-26T09:00:00.000Z', tab: 't' } });

/** What is told, dropped and sent where the browser keeps these and the blog says that of each title. */
async function bring(copies: OwnedCopy[], said: Record<string, Answer>) {
  const [sent, dropped]: [string[], string[]] = [[], []];
  const left = await bringKept(new Date(), {
    list: async () => copies,
    send: async (_, { fields: { title } }) => {
      sent.push(title);
      return said[title] ?? null;
    },
    drop: async (_, gone) => void dropped.push(...gone.map(({ fields: { title } }) => title)),
  });
  return { left: left?.copies.map(({ fields: { title } }) => title) ?? null, sent, dropped };
}

const OTHER = fail('not-signed-in', 'Somebody else is signed in now.');

test('what the blog has or takes goes from the browser, and nothing is asked', async () => {
  expect(await bring([kept('anna', 'Rain'), kept('anna', 'Snow')], { Rain: ok(SAVED), Snow: ok(SAVED) })).toEqual({ left: null, sent: ['Rain', 'Snow'], dropped: ['Rain', 'Snow'] });
});

test.each<[string, Answer]>([
  ['was changed elsewhere', fail('conflict', 'Saved by Ben.')], ['is not there any more', fail('not-found', 'Gone.')], ['is refused', fail('invalid', 'Too long.')], ['got no answer', null],
])('what %s stays, and is asked about', async (_, said) => {
  expect(await bring([kept('anna', 'Rain'), kept('anna', 'Snow')], { Rain: said, Snow: ok(SAVED) })).toMatchObject({ left: ['Rain'], dropped: ['Snow'] });
});

test('of somebody else nothing is thrown away and nothing told', async () => {
  expect(await bring([kept('ben', 'Ben’s'), kept('ben', 'His other'), kept('anna', 'Rain')], { 'Ben’s': OTHER, Rain: ok(SAVED) })).toEqual({ left: null, sent: ['Ben’s', 'Rain'], dropped: ['Rain'] });
  expect(await bring([kept('ben', 'Ben’s')], { 'Ben’s': OTHER })).toEqual({ left: null, sent: ['Ben’s'], dropped: [] });
});
