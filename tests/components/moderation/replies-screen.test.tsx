import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { RepliesScreen } from '@/components/moderation/replies-screen';
import type { RepliesState } from '@/lib/comments/reply-desk';
import type { UnansweredComment, UnansweredView } from '@/lib/comments/unanswered';
import { storedHtml } from '@/lib/text/safe-html';

const site = { language: 'en', timeZone: 'UTC' };
const counts = { pending: 0, approved: 3, spam: 0, trash: 0, all: 3, replies: 3 };
const DAY_MS = 86_400_000;

const comment = (name: string, given: Partial<UnansweredComment> = {}): UnansweredComment => ({
  id: `id-${name}`, revision: 1, status: 'approved', name, picture: null, html: storedHtml(`<p>Words of ${name}</p>`), createdAt: new Date(0), ageMs: 3 * DAY_MS, post: { slug: 'patience' }, inReplyTo: null, replyCount: 0, ...given,
});
const viewOf = (comments: UnansweredComment[], given: Partial<UnansweredView> = {}): UnansweredView => ({
  filter: { posts: 'mine', old: false, page: 1 }, posts: comments.length === 0 ? [] : [{ id: 'p', slug: 'patience', title: 'Patience', count: comments.length, isOpen: true, comments }], total: comments.length, oldCount: 0, hasMore: false, hasOthers: false, ...given,
});

type DeskProps = { names: string[]; answer?: (form: FormData) => RepliesState | null; asked?: (form: FormData) => void; given?: Partial<UnansweredView>; like?: Partial<UnansweredComment> };

/** The desk with these; what needs no reply or is answered goes, as in the real one, or is refused. */
function Desk({ names, answer = () => null, asked = () => undefined, given, like }: DeskProps) {
  const [left, setLeft] = useState(names);
  const action = async (_: RepliesState, form: FormData): Promise<RepliesState> => {
    asked(form);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const said = answer(form);
    if (said) return said;
    if (form.has('undoNoReply')) {
      setLeft(names);
      return { done: { what: 'undone', count: 1, name: 'Ines', undo: null, reply: null }, message: null };
    }
    const name = String(form.get('noReply') ?? form.get('comment')).replace('id-', '');
    setLeft((before) => before.filter((one) => one !== name));
    if (form.has('noReply')) return { done: { what: 'noReply', count: 1, name, undo: { field: 'undoNoReply', value: 'act' }, reply: null }, message: null };
    return { done: { what: 'reply', count: 1, name: '', undo: null, reply: 'new' }, message: null };
  };
  return <RepliesScreen view={viewOf(left.map((name) => comment(name, like)), given)} counts={counts} site={site} person={{ userId: 'u', name: 'Alma', role: 'author' }} hasKeys action={action} keysAction={async () => undefined} signOut={async () => undefined} />;
}

const card = (name: string) => screen.getByRole('article', { name });

test('a comment shows since when it waits and what it answers', () => {
  render(<Desk names={['Ines']} like={{ inReplyTo: { id: 'x', name: 'Ruth', text: 'What was said before.' }, replyCount: 2 }} />);
  expect(within(card('Ines')).getByText(/3 days/)).toBeTruthy();
  expect(within(card('Ines')).getByText('In reply to Ruth')).toBeTruthy();
  expect(within(card('Ines')).getByText('What was said before.')).toBeTruthy();
  expect(within(card('Ines')).getByText(/2 replies by others/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Replies 3' })).toBeTruthy();
});

test('what needs no reply leaves at once, once, and comes back by Undo', async () => {
  const asked = vi.fn();
  render(<Desk names={['Ines', 'Jonas']} asked={asked} />);
  await userEvent.dblClick(within(card('Ines')).getByRole('button', { name: 'Needs no reply' }));
  await waitFor(() => expect(screen.queryByRole('article', { name: 'Ines' })).toBeNull());
  expect(asked).toHaveBeenCalledOnce();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(card('Ines')).toBeTruthy());
  expect((asked.mock.calls[1]![0] as FormData).get('undoNoReply')).toBe('act');
});

test('a refusal is said, and the comment is there again', async () => {
  render(<Desk names={['Ines']} answer={() => ({ done: null, message: 'It was said already.' })} />);
  await userEvent.click(within(card('Ines')).getByRole('button', { name: 'Needs no reply' }));
  expect((await screen.findByRole('alert')).textContent).toBe('It was said already.');
  await waitFor(() => expect(card('Ines').closest('li')?.hasAttribute('inert')).toBe(false));
});

test('a refused reply is given back with what was typed, and a published one takes its comment away', async () => {
  let refuses = true;
  render(<Desk names={['Ines', 'Jonas']} answer={(form) => (refuses ? { done: null, message: 'Too fast.', refused: { to: 'id-Ines', text: String(form.get('text')) } } : null)} />);
  await userEvent.click(within(card('Ines')).getByRole('button', { name: 'Reply' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Reply to Ines' }), 'Dear Ines');
  await userEvent.click(screen.getByRole('button', { name: 'Post reply' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Too fast.');
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to Ines' })).value).toBe('Dear Ines');
  refuses = false;
  await userEvent.click(screen.getByRole('button', { name: 'Post reply' }));
  expect(await screen.findByText('Your reply is published.')).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('article', { name: 'Ines' })).toBeNull());
});

test('keys act on the comment that has focus, and on none while they are off or something is typed', async () => {
  const asked = vi.fn();
  render(<Desk names={['Ines', 'Jonas', 'Ruth']} asked={asked} />);
  screen.getByRole('heading', { level: 1 }).focus();
  await userEvent.keyboard('jj');
  expect(document.activeElement).toBe(card('Jonas'));
  await userEvent.keyboard('n');
  await waitFor(() => expect(document.activeElement).toBe(card('Ruth')));
  await userEvent.keyboard('r');
  await userEvent.keyboard('nj');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('nj');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel reply' }));
  await userEvent.click(screen.getByRole('switch', { name: 'Keyboard shortcuts' }));
  card('Ines').focus();
  await userEvent.keyboard('n');
  expect(asked).toHaveBeenCalledOnce();
});

test('a closed discussion takes no reply, and says how it would', () => {
  const view = viewOf([comment('Ines')]);
  render(<Desk names={['Ines']} given={{ posts: [{ ...view.posts[0]!, isOpen: false }] }} />);
  expect(within(card('Ines')).queryByRole('button', { name: 'Reply' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Open them again' }).getAttribute('href')).toBe('/admin/posts/p/discussion');
});

test('what came by an import is left out, with a way to it; an owner may look at everybody’s posts', () => {
  render(<Desk names={['Ines']} given={{ oldCount: 4_812, hasOthers: true }} />);
  expect(screen.getByText(/4,812 older comments, which came here with their posts, are left out/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show them too' }).getAttribute('href')).toBe('/admin/replies?old=1');
  expect(screen.getByRole('link', { name: 'Everybody’s posts' }).getAttribute('href')).toBe('/admin/replies?posts=all');
});

test('where nothing waits it says so', () => {
  render(<Desk names={[]} />);
  expect(screen.getByText('Everybody has an answer. Nothing waits for you here.')).toBeTruthy();
});
