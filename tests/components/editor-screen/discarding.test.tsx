import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { EditorActions } from '@/components/editor-screen/editor-actions';
import { PostDesk } from '@/components/editor-screen/post-desk';
import type { EditorView } from '@/lib/posts/editor';
import type { PostAct, Saved } from '@/lib/posts/post-form';
import { fail, ok, type Result } from '@/lib/result';

const ID = '01940000-0000-7000-8000-000000000001';
const OUT: EditorView = {
  id: ID, kind: 'post', author: { id: 'a', name: 'Anna', slug: null }, coverPath: null, previewPath: null, revisions: 3, isImported: false, categories: [], tags: [],
  fields: { title: 'As readers see it', html: '<p>Rain</p>', excerpt: '', slug: 'rain', cover: null, categories: [], tags: [], sticky: false },
  saved: { id: ID, seen: '3.0', savedAt: '2026-11-26T10:00:00.000Z', state: 'published', at: '2026-11-25T10:00:00.000Z', wallClock: '2026-11-25T10:00', slug: 'rain', password: '', path: '/posts/rain', isAhead: false, others: [] },
};
const AHEAD: EditorView = { ...OUT, fields: { ...OUT.fields, title: 'Changed' }, saved: { ...OUT.saved, seen: '2.1', isAhead: true } };

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }));
  vi.stubGlobal('fetch', async () => Response.error());
});

/** The editor of a post that is ahead of what readers see; `answer` is what the blog says to the discard. */
async function open(discard: EditorActions['discard'], view = AHEAD, act?: EditorActions['act']) {
  const refuse = async (): Promise<never> => { throw new Error('Not asked for here.'); };
  const actions: EditorActions = { act: act ?? refuse, discard, look: refuse, preview: refuse, trash: refuse, restore: refuse, details: async () => [], discussion: async () => null, clean: refuse, embed: refuse, fetchPicture: refuse, saveDiscussion: refuse };
  render(<PostDesk view={view} person={{ id: 'anna' }} tab="01940000-0000-7000-8000-000000000002" site={{ language: 'en', timeZone: 'UTC' }} actions={actions} />);
  await screen.findByRole('textbox', { name: 'Post body' });
  return { user: userEvent.setup(), title: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Title' }) };
}

test('words typed while the changes are being discarded are set aside and offered, and what readers see stands here', async () => {
  let answer: (result: Result<EditorView>) => void = () => undefined;
  const { user, title } = await open(() => new Promise((resolve) => { answer = resolve; }));
  await user.click(screen.getByRole('button', { name: 'Discard the changes' }));
  await user.type(title, ' and typed meanwhile');
  answer(ok(OUT));
  await waitFor(() => expect(title.value).toBe('As readers see it'));
  expect(screen.getByRole('status').textContent).toBe('The changes are discarded. Their text stays among the earlier versions.');
  await user.click(screen.getByRole('button', { name: 'Take up what was typed' }));
  expect(title.value).toBe('Changed and typed meanwhile');
});

test('where nothing was typed meanwhile, nothing is offered', async () => {
  const { user, title } = await open(async () => ok(OUT));
  await user.click(screen.getByRole('button', { name: 'Discard the changes' }));
  await waitFor(() => expect(title.value).toBe('As readers see it'));
  expect(screen.queryByRole('button', { name: 'Take up what was typed' })).toBeNull();
});

test('a discard that is refused leaves everything as it is, and says why', async () => {
  const { user, title } = await open(async () => fail('not-found', 'There is nothing at this address.'));
  await user.click(screen.getByRole('button', { name: 'Discard the changes' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There is nothing at this address.');
  expect(title.value).toBe('Changed');
});

test('who may read a post that was published elsewhere meanwhile stays as it is there, whatever it was for here before', async () => {
  const acted: PostAct[] = [];
  const drafted: Saved = { ...OUT.saved, seen: '4.0', state: 'draft', path: null };
  const act: EditorActions['act'] = async ({ act: asked }) => {
    acted.push(asked);
    return ok(asked.to === 'draft' ? drafted : { ...drafted, state: 'password', password: 'snow', seen: '10.0', path: '/posts/rain' });
  };
  const answers = [Response.json(fail('conflict', 'You have saved this in another window.', { fields: { seen: '8.0' } }), { status: 409 }), Response.json(ok({ ...drafted, seen: '9.0', state: 'password', password: 'snow', path: '/posts/rain', isAhead: true }))];
  vi.stubGlobal('fetch', async (path: string) => (path.endsWith('/save') ? (answers.shift() ?? Response.error()) : Response.error()));
  const { user, title } = await open(async () => fail('not-found', 'Not asked for here.'), { ...OUT, saved: { ...OUT.saved, state: 'unlisted' } }, act);
  await user.click(screen.getByRole('button', { name: 'Make it a draft again' }));
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Whoever has the address' }).checked).toBe(true);
  await user.type(title, ' again');
  await user.click(screen.getByRole('button', { name: 'Save draft' }));
  await user.click(await screen.findByRole('button', { name: 'Save mine over theirs' }));
  await user.click(await screen.findByRole('button', { name: 'Update' }));
  await waitFor(() => expect(acted).toEqual([{ to: 'draft' }, { to: 'update' }]));
});
