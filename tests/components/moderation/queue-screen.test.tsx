import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { QueueScreen } from '@/components/moderation/queue-screen';
import type { QueueCard } from '@/lib/moderation/queries';
import type { DeskState } from '@/lib/moderation/schema';
import { NOTHING_DONE } from '@/lib/people/schema';
import { queueCard, queueView } from '@/tests/support/queue-card';

const site = { language: 'en', timeZone: 'UTC' };
const person = { userId: 'u', name: 'Marlene', role: 'owner' as const };

const asks = { source: async () => 'Hi', count: async () => null, progress: async () => null, stop: async () => null, keys: async () => undefined, refresh: async () => undefined };

/** The desk with these waiting; a decision takes its comment away, as the real one does, or refuses with a sentence. */
function Desk({ names, like = {}, refusal = null, asked = () => undefined }: { names: string[]; like?: Partial<QueueCard>; refusal?: string | null; asked?: (form: FormData) => void }) {
  const [cards, setCards] = useState(names.map((name, index) => queueCard(`c${index}`, name, like)));
  const action = async (_: DeskState, form: FormData): Promise<DeskState> => {
    asked(form);
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (refusal !== null) return { done: null, message: refusal };
    const id = String(form.get('comment'));
    if (form.has('undo')) return { done: { event: 'e', batch: null, count: 1, name: 'Ines', decision: 'undo', isUndo: true }, message: null };
    setCards((before) => before.filter((one) => one.id !== id));
    return { done: { event: 'e', batch: null, count: 1, name: 'Ines', decision: 'spam', isUndo: false }, message: null };
  };
  const view = queueView(cards);
  return <QueueScreen view={view} live={{ at: 0, whose: 'p', known: [] }} site={site} person={person} hasKeys running={null} action={action} asks={asks} noteAction={async () => NOTHING_DONE} signOut={async () => undefined} />;
}

const press = async (name: string, button: string) => {
  within(screen.getByRole('article', { name })).getByRole('button', { name: button }).focus();
  await userEvent.keyboard('{Enter}');
};
const focusIsOn = (element: () => HTMLElement) => waitFor(() => expect(document.activeElement).toBe(element()));

test('after a decision focus is on the comment that stands in its place', async () => {
  render(<Desk names={['Ines', 'Jonas', 'Ruth']} />);
  await press('Jonas', 'Spam');
  await focusIsOn(() => screen.getByRole('article', { name: 'Ruth' }));
  await press('Ruth', 'Spam');
  await focusIsOn(() => screen.getByRole('article', { name: 'Ines' }));
});

test('a decision pressed twice is sent once, and can be taken back', async () => {
  const asked = vi.fn();
  render(<Desk names={['Ines', 'Jonas']} asked={asked} />);
  await userEvent.dblClick(within(screen.getByRole('article', { name: 'Ines' })).getByRole('button', { name: 'Spam' }));
  await screen.findByRole('button', { name: 'Undo' });
  expect(asked).toHaveBeenCalledOnce();
  await press('Jonas', 'Spam');
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
});

test('after the last decision focus is at the start of the empty queue', async () => {
  render(<Desk names={['Ines']} />);
  await press('Ines', 'Approve');
  await focusIsOn(() => screen.getByRole('heading', { level: 1, name: 'Comments' }));
});

test('an undo, whose button goes, leaves focus in the queue', async () => {
  render(<Desk names={['Ines', 'Jonas']} />);
  await press('Ines', 'Spam');
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await screen.findByText(/Taken back/);
  await focusIsOn(() => screen.getByRole('article', { name: 'Jonas' }));
});

test('a refused decision is said, and focus stays where it was', async () => {
  render(<Desk names={['Ines']} refusal="Somebody else has decided." />);
  await press('Ines', 'Trash');
  expect((await screen.findByRole('alert')).textContent).toBe('Somebody else has decided.');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Trash' }));
});

test('a reply opens with focus in its text, and closes with focus back on its button', async () => {
  render(<Desk names={['Ines']} />);
  await press('Ines', 'Reply');
  await focusIsOn(() => screen.getByRole('textbox', { name: 'Reply to Ines' }));
  await userEvent.click(screen.getByRole('button', { name: 'Cancel reply' }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reply' }));
});

test('Escape closes an empty reply and keeps one that has words', async () => {
  render(<Desk names={['Ines']} />);
  await press('Ines', 'Reply');
  await userEvent.keyboard('Dear Ines{Escape}');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Dear Ines');
  await userEvent.clear(screen.getByRole('textbox'));
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('textbox')).toBeNull();
});

const pseudonym: Partial<QueueCard> = { isSignedIn: true, isPseudonym: true, reasons: [{ rule: 'pseudonym' }] };

test('a name on this post only is said to be one, and why it waits, but not who is behind it', () => {
  render(<Desk names={['Night Owl']} like={pseudonym} />);
  const article = screen.getByRole('article', { name: 'Night Owl' });
  expect(article.textContent).toContain('a name on this post only');
  expect(within(article).getByText('Written under a name used on this post only; a person reads each of these.')).toBeTruthy();
  expect(article.textContent).not.toMatch(/written by|not signed in/);
});

test('an owner reads who is behind a name', () => {
  render(<Desk names={['Night Owl']} like={{ ...pseudonym, person: { name: 'Ruth Adeyemi', email: 'ruth@example.com' } }} />);
  expect(screen.getByRole('article', { name: 'Night Owl' }).textContent).toContain('a name on this post only · written by Ruth Adeyemi, ruth@example.com');
});

test('a person without an address is named alone', () => {
  render(<Desk names={['Night Owl']} like={{ ...pseudonym, person: { name: 'Ruth', email: null } }} />);
  expect(screen.getByText(/written by/).textContent).toBe(' · written by Ruth');
});
