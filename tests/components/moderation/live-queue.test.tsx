import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QueueScreen } from '@/components/moderation/queue-screen';
import type { LiveStart } from '@/lib/moderation/live-queue';
import type { QueueCard, QueueView } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import type { DeskState } from '@/lib/moderation/schema';
import { NOTHING_DONE } from '@/lib/people/schema';
import { FakeEventSource, liveEvent, submitted } from '@/tests/support/event-source';
import { queueCard, queueView } from '@/tests/support/queue-card';

const site = { language: 'en', timeZone: 'UTC' };
const person = { userId: 'u', name: 'Marlene', role: 'owner' as const };
const cards = (...names: string[]) => names.map((name) => queueCard(name.toLowerCase(), name));

beforeEach(() => {
  FakeEventSource.install();
  document.title = '(3) Comments – A blog';
});
afterEach(() => vi.unstubAllGlobals());

/** What the blog has: what the page is made of when it is made anew. */
type Blog = { cards: QueueCard[]; start: LiveStart };
type Given = { names?: string[]; view?: Partial<QueueView>; onAct?: (form: FormData, blog: Blog) => Partial<DeskState>; onRefresh?: () => void };

function open({ names = ['Ines', 'Jonas', 'Ruth'], view: more = {}, onAct = () => ({}), onRefresh = () => undefined }: Given = {}): Blog {
  const blog: Blog = { cards: cards(...names), start: { at: Date.now(), whose: 'p', known: [] } };
  function Desk() {
    const [page, setPage] = useState({ view: queueView(blog.cards, more), live: blog.start });
    const again = () => setPage({ view: queueView(blog.cards, more), live: blog.start });
    const action = async (_: DeskState, form: FormData): Promise<DeskState> => {
      const answer = onAct(form, blog);
      again();
      return { done: null, message: null, ...answer };
    };
    const refresh = async () => {
      onRefresh();
      again();
    };
    const asks = { source: async () => 'Hi', count: async () => null, progress: async () => null, stop: async () => null, keys: async () => undefined, refresh };
    return <QueueScreen {...page} site={site} person={person} hasKeys={false} running={null} action={action} asks={asks} noteAction={async () => NOTHING_DONE} signOut={async () => undefined} />;
  }
  render(<Desk />);
  return blog;
}

const say = (...said: Parameters<FakeEventSource['say']>) => act(() => FakeEventSource.open.say(...said));
const article = (name: string) => screen.getByRole('article', { name });
const shown = () => screen.getAllByRole('article').map((one) => one.getAttribute('aria-labelledby')?.replace(/^card-|-name$/g, ''));
const button = (name: string, text: string) => within(article(name)).getByRole<HTMLButtonElement>('button', { name: text });
const spam = (name: string) => userEvent.click(button(name, 'Spam'));
const takesAway = (form: FormData, blog: Blog): Partial<DeskState> => {
  const id = String(form.get('comment'));
  blog.cards = blog.cards.filter((card) => card.id !== id);
  return { done: { event: 'e', batch: null, count: 1, name: id, decision: 'spam', isUndo: false } };
};

test('what somebody else decides on stays where it stands, says by whom, and cannot be decided on; the rest can', () => {
  open();
  say('message', { events: [liveEvent('jonas')] });
  expect(shown()).toEqual(['ines', 'jonas', 'ruth']);
  expect(within(article('Jonas')).getByText('Approved by Ann')).toBeTruthy();
  expect(button('Jonas', 'Approve').matches(':disabled')).toBe(true);
  expect(button('Ines', 'Approve').matches(':disabled')).toBe(false);
});

test('a selection and what is done with it leave out what somebody else has decided on', async () => {
  const sent: unknown[] = [];
  open({ onAct: (form) => {
    sent.push(...(JSON.parse(String(form.get('many'))) as { comment: string }[]).map(({ comment }) => comment));
    return {};
  } });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select comment by Jonas' }));
  say('message', { events: [liveEvent('jonas')] });
  const selected = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select comment by Jonas' });
  expect([selected.checked, selected.disabled]).toEqual([false, true]);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Bulk action' }), 'Spam');
  await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
  await waitFor(() => expect(sent).toEqual(['ines', 'ruth']));
});

test('it stays after an act of one’s own, for which the list is made anew, and goes when that is asked for', async () => {
  const blog = open({ onAct: takesAway });
  blog.cards = cards('Ines', 'Ruth');
  say('message', { events: [liveEvent('jonas')] });
  await spam('Ines');
  await waitFor(() => expect(shown()).toEqual(['jonas', 'ruth']));
  await userEvent.click(screen.getByRole('button', { name: 'Refresh the list' }));
  await waitFor(() => expect(shown()).toEqual(['ruth']));
  expect(screen.queryByRole('button', { name: /Refresh|View/ })).toBeNull();
});

test('a decision that is taken back leaves the card as it was', () => {
  open();
  say('message', { events: [liveEvent('jonas')] });
  say('message', { events: [liveEvent('jonas', { decision: 'undo', from: 'approved', to: 'pending' })] });
  expect(within(article('Jonas')).queryByText(/by Ann/)).toBeNull();
  expect(button('Jonas', 'Approve').matches(':disabled')).toBe(false);
});

test('what is being typed stays when somebody else decides on the comment', async () => {
  open();
  await userEvent.click(button('Jonas', 'Reply'));
  await userEvent.type(screen.getByRole('textbox', { name: 'Reply to Jonas' }), 'Dear Jonas');
  say('message', { events: [liveEvent('jonas')] });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to Jonas' });
  expect([field.value, field.matches(':disabled')]).toEqual(['Dear Jonas', false]);
});

test('new ones wait, however the list is made anew meanwhile, and come when they are asked for, with focus on the first', async () => {
  const blog = open({ onAct: takesAway });
  blog.cards = cards('Nora', 'Omar', 'Ines', 'Jonas', 'Ruth');
  say('message', { events: [submitted('nora')] });
  expect(screen.getByRole('button', { name: 'View 1 new' })).toBeTruthy();
  say('message', { events: [submitted('omar')] });
  expect(screen.getByRole('button', { name: 'View 2 new' })).toBeTruthy();
  await spam('Ines');
  await waitFor(() => expect(shown()).toEqual(['jonas', 'ruth']));
  await userEvent.click(screen.getByRole('button', { name: 'View 2 new' }));
  await waitFor(() => expect(shown()).toEqual(['nora', 'omar', 'jonas', 'ruth']));
  expect(document.activeElement).toBe(article('Nora'));
  expect(screen.queryByRole('button', { name: /View/ })).toBeNull();
});

test('what came and was decided on by somebody else is not offered', () => {
  open();
  say('message', { events: [submitted('nora'), liveEvent('nora')] });
  expect(screen.queryByRole('button', { name: /View|Refresh/ })).toBeNull();
});

test('with a filter, only the blog knows whether a new one matches: no number', () => {
  open({ view: { filter: { ...wholeQueue('pending'), q: 'pears' } } });
  say('message', { events: [submitted('nora')] });
  expect(screen.getByRole('button', { name: 'View new' })).toBeTruthy();
});

test('it is said politely, and not again for each', async () => {
  open();
  const status = screen.getAllByRole('status').find((one) => one.classList.contains('sr-only'));
  say('message', { events: [submitted('nora')] });
  await waitFor(() => expect(status?.textContent).toBe('One new comment.'));
  say('message', { events: [submitted('omar')] });
  expect(status?.textContent).toBe('One new comment.');
  await waitFor(() => expect(status?.textContent).toBe('2 new comments.'), { timeout: 8_000 });
});

test('the counts of the rail and of the title are those of this moment', () => {
  open();
  say('message', { at: Date.now() + 1_000, counts: { pending: 12, approved: 5, spam: 4, trash: 3, all: 17 } });
  const rail = screen.getByRole('navigation', { name: 'Queues' });
  expect(within(rail).getAllByRole('link').map((link) => link.textContent)).toEqual(['Pending 12', 'Approved 5', 'Spam 4', 'Trash 3', 'All 17']);
  expect(document.title).toBe('(12) Comments – A blog');
  say('message', { at: Date.now() + 2_000, counts: { pending: 0, approved: 17, spam: 4, trash: 3, all: 17 } });
  expect(document.title).toBe('Comments – A blog');
});

test('what this page does itself is not told to it as somebody else’s; what the same person does in another tab is', async () => {
  const own = liveEvent('ines', { isOwn: true, decision: 'spam', to: 'spam', by: 'Marlene' });
  open({ onAct: (form, blog) => {
    FakeEventSource.open.say('message', { events: [own] });
    return takesAway(form, blog);
  } });
  await spam('Ines');
  await waitFor(() => expect(shown()).toEqual(['jonas', 'ruth']));
  expect(screen.queryByText(/by you/)).toBeNull();
  say('message', { events: [liveEvent('jonas', { isOwn: true })] });
  expect(within(article('Jonas')).getByText('Approved by you')).toBeTruthy();
});

test('whose decision came second is told, and sees how the comment stands', async () => {
  open({ onAct: (_form, blog) => {
    blog.cards = cards('Ines', 'Ruth');
    return { message: 'Ann has approved this meanwhile. Here is how it stands now.' };
  } });
  await spam('Jonas');
  expect((await screen.findByRole('alert')).textContent).toContain('Ann has approved this meanwhile.');
  await waitFor(() => expect(shown()).toEqual(['ines', 'jonas', 'ruth']));
  say('message', { events: [liveEvent('jonas')] });
  expect(within(article('Jonas')).getByText('Approved by Ann')).toBeTruthy();
});

test('an undo brings the comment back to its place at once, and is not new', async () => {
  open({ onAct: (form, blog) => {
    if (!form.has('undo')) return takesAway(form, blog);
    blog.cards = cards('Ines', 'Jonas', 'Ruth');
    return { done: { event: 'f', batch: null, count: 1, name: 'Jonas', decision: 'undo', isUndo: true } };
  } });
  await spam('Jonas');
  await waitFor(() => expect(shown()).toEqual(['ines', 'ruth']));
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(shown()).toEqual(['ines', 'jonas', 'ruth']));
  expect(screen.queryByRole('button', { name: /View/ })).toBeNull();
});

test('when more has happened than was told, the list is made anew, and what is new waits all the same', async () => {
  const onRefresh = vi.fn();
  const blog = open({ onRefresh });
  blog.cards = cards('Nora', 'Ines', 'Ruth');
  say('reload');
  await waitFor(() => expect(onRefresh).toHaveBeenCalledOnce());
  expect(await screen.findByRole('button', { name: 'View 1 new' })).toBeTruthy();
  expect(shown()).toEqual(['ines', 'jonas', 'ruth']);
});
