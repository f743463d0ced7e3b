import { expect, test } from 'vitest';
import { bringKept } from '@/components/editor-screen/bring-kept';
import type { Answer } from '@/components/editor-screen/saver';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import type { PostFields, Saved } from '@/lib/posts/post-form';
import { fail, ok } from '@/lib/result';

const FIELDS: PostFields = { title: '', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };
const SAVED: Saved = { id: '1', seen: '2.0', savedAt: '2026-11-26T10:00:00.000Z', state: 'draft', at: null, wallClock: '', slug: '', password: '', path: null, isAhead: false, others: [] };
const kept = (title: string, seen = '1.0'): KeptCopy => ({ post: title, kind: 'post', fields: { ...FIELDS, title }, seen, at: '2026-11-26T09:00:00.000Z', tab: 't' });

/** What is told, dropped, kept anew and sent where the browser keeps these of Anna and the blog says that of each title. */
async function bring(copies: KeptCopy[], said: Record<string, Answer>) {
  const [sent, dropped, again]: [string[], string[], KeptCopy[]] = [[], [], []];
  const left = await bringKept('anna', new Date(), {
    list: async (person) => (person === 'anna' ? copies : []),
    keep: async (_, copy) => void again.push(copy),
    send: async (_, { fields: { title } }) => {
      sent.push(title);
      return said[title] ?? null;
    },
    drop: async (_, gone) => void dropped.push(...gone.map(({ post }) => post)),
  });
  return { left: left?.copies.map(({ fields: { title } }) => title) ?? null, sent, dropped, again };
}

test('what the blog has or takes goes from the browser, and nothing is asked', async () => {
  expect(await bring([kept('Rain'), kept('Snow')], { Rain: ok(SAVED), Snow: ok(SAVED) })).toEqual({ left: null, sent: ['Rain', 'Snow'], dropped: ['Rain', 'Snow'], again: [] });
});

test.each<[string, Answer]>([
  ['was changed elsewhere', fail('conflict', 'Saved by Ben.')], ['is refused', fail('invalid', 'Too long.')], ['got no answer', null],
])('what %s stays, and is asked about', async (_, said) => {
  expect(await bring([kept('Rain'), kept('Snow')], { Rain: said, Snow: ok(SAVED) })).toMatchObject({ left: ['Rain'], dropped: ['Snow'], again: [] });
});

test('what was typed into a post that is gone is kept as a new one, which can be opened', async () => {
  const { again, ...rest } = await bring([kept('Rain')], { Rain: fail('not-found', 'Gone.') });
  expect(rest).toEqual({ left: ['Rain'], sent: ['Rain'], dropped: ['Rain'] });
  expect(again).toEqual([{ ...kept('Rain', ''), post: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  expect(await bring([kept('New', '')], { New: fail('not-found', 'Not yours.') })).toEqual({ left: ['New'], sent: ['New'], dropped: [], again: [] });
});

test('where somebody else is signed in by now nothing is thrown away and nothing told', async () => {
  expect(await bring([kept('Rain'), kept('Snow')], { Rain: fail('not-signed-in', 'Somebody else is signed in now.') })).toEqual({ left: null, sent: ['Rain'], dropped: [], again: [] });
});
