import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { QueueCard } from '@/components/moderation/queue-card';
import type { QueueCard as Card, QueueEvent } from '@/lib/moderation/queries';
import { NOTHING_DONE, type ActState } from '@/lib/people/schema';
import { storedHtml } from '@/lib/text/safe-html';
import { queueCard } from '@/tests/support/queue-card';

const site = { language: 'en', timeZone: 'UTC' };
const DAY = new Date('2026-05-03T10:00:00Z');

type Given = Partial<Card> & { act?: (form: FormData) => void; note?: (form: FormData) => ActState };

function show({ act = () => undefined, note = () => NOTHING_DONE, ...given }: Given = {}) {
  const card = queueCard('abcdefgh0123', 'Ines', given);
  render(<QueueCard card={card} site={site} act={act} state={{ done: null, message: null }} isPending={false} overtaken={undefined} noteAction={async (_, form) => note(form)} />);
  return screen.getByRole('article', { name: 'Ines' });
}

const addressOf = (name: string | RegExp) => screen.getByRole('link', { name }).getAttribute('href');
const event = (id: string, given: Partial<QueueEvent>): QueueEvent => ({ id, decision: 'approve', actorName: 'Marlene', fromStatus: 'pending', toStatus: 'approved', createdAt: DAY, reasons: [], decline: null, textBefore: null, ...given });

test('every number of the writer’s history leads to what it counts', () => {
  show({ writerKey: 'zyxwvuts0123', writer: { counts: { approved: 100, pending: 1, spam: 2, trash: 0 }, firstSeen: DAY } });
  expect(addressOf('99+ approved')).toBe('/admin/comments?queue=approved&person=zyxwvuts0123');
  expect(addressOf('1 pending')).toBe('/admin/comments?queue=pending&person=zyxwvuts0123');
  expect(addressOf('2 in Spam')).toBe('/admin/comments?queue=spam&person=zyxwvuts0123');
  expect(screen.queryByText(/in Trash/)).toBeNull();
  expect(screen.getByText('3 May 2026')).toBeTruthy();
});

test('a writer of one comment has no numbers', () => {
  expect(show({ writer: { counts: { approved: 0, pending: 1, spam: 0, trash: 0 }, firstSeen: DAY } }).textContent).toContain('their only comment');
});

test('the person is one link away: their page, or for a guest all that came under the same address', () => {
  show({ personId: '01a21509-60a2-716c-a88f-fb2075bf8d24', isSignedIn: true });
  const link = screen.getByRole('link', { name: 'Ines' });
  expect(link.getAttribute('href')).toBe('/admin/people/01a21509-60a2-716c-a88f-fb2075bf8d24');
  expect(link.hasAttribute('data-person')).toBe(true);
});

test('a guest’s name leads to their comments', () => {
  show({ writer: { counts: { approved: 0, pending: 1, spam: 0, trash: 0 }, firstSeen: DAY } });
  expect(addressOf('Ines')).toBe('/admin/comments?queue=all&person=abcdefgh0123');
  expect(screen.getByRole('link', { name: 'Ines' }).hasAttribute('data-person')).toBe(true);
});

test('a mention leads to the page that it stands on; what a guest typed as theirs is words', () => {
  show({ isMention: true, website: 'https://ruth.example/1' });
  expect(screen.getByRole('link', { name: 'https://ruth.example/1' }).getAttribute('rel')).toBe('nofollow ugc noopener');
  expect(screen.getByText('Pending mention')).toBeTruthy();
  expect(screen.queryByText(/not signed in/)).toBeNull();
});

test('the mark of a network leads to all that came from it', () => {
  show({ network: '3fa9c0ffee12' });
  expect(addressOf('network 3fa9…')).toBe('/admin/comments?queue=all&network=3fa9c0ffee12');
});

test('why it is here leads to the rule, and from there to what came here for the same reason', () => {
  show({ reasons: [{ rule: 'links', count: 3, limit: 2 }] });
  const why = within(screen.getByRole('list', { name: 'Why it is here' }));
  expect(why.getByRole('link', { name: '3 links, your limit is 2.' }).getAttribute('href')).toBe('/admin/rules#links');
  expect(why.getByRole('link', { name: 'All of these: Links' }).getAttribute('href')).toBe('/admin/comments?queue=pending&rule=links');
});

test('all reasons are told, the one that decided first', () => {
  show({ reasons: [{ rule: 'links', count: 3, limit: 2 }, { rule: 'held-word', word: 'casino' }] });
  const said = within(screen.getByRole('list', { name: 'Why it is here' })).getAllByRole('listitem').map(({ firstElementChild }) => firstElementChild?.textContent);
  expect(said).toEqual(['3 links, your limit is 2.', 'Contains the word “casino”, which is held.']);
});

test('a reason that a person gave has no rule', () => {
  show({ status: 'trash', reasons: [{ rule: 'declined', reason: 'unkind' }] });
  expect(within(screen.getByRole('list', { name: 'Why it is here' })).queryByRole('link')).toBeNull();
});

test('open reports are told by reason, number and words, on a published comment too', () => {
  const reports = { count: 3, reasons: [{ reason: 'private' as const, count: 2 }, { reason: 'spam' as const, count: 1 }], words: ['My sister’s child.'] };
  show({ status: 'approved', reports, reasons: [{ rule: 'reported', readers: 1, reason: 'private' }] });
  const said = within(screen.getByRole('list', { name: 'What readers say' })).getAllByRole('listitem').map(({ firstElementChild }) => firstElementChild?.textContent);
  expect(said).toEqual(['2 readers report: it shows a child’s or someone’s private details.', 'A reader reports: it is spam.', 'My sister’s child.']);
});

test('what it answers and its first reply are there to unfold', async () => {
  const excerpt = { id: 'parent000000', name: 'Jonas', status: 'approved' as const, text: 'Does he sleep?' };
  show({ status: 'approved', inReplyTo: excerpt, replyCount: 2, firstReply: { ...excerpt, id: 'reply0000000', name: 'Ruth', text: 'Ours does not.' } });
  await userEvent.click(screen.getByText('What Jonas wrote'));
  expect(screen.getByText('Does he sleep?')).toBeTruthy();
  expect(addressOf('See the comment by Jonas in its place')).toBe('/comments/parent000000');
  await userEvent.click(screen.getByText('2 replies, the first by Ruth'));
  expect(addressOf('See all 2 in their place')).toBe('/comments/abcdefgh0123');
  expect(addressOf('see it in its place')).toBe('/comments/abcdefgh0123');
});

test('a comment in other words leads to the declined one', () => {
  show({ rewords: 'declined0000', reasons: [{ rule: 'reworded' }] });
  expect(addressOf('See the declined comment')).toBe('/admin/comments?queue=trash&comment=declined0000');
});

test('the history tells who did what, from where to where and why, and the text before', async () => {
  show({
    undoable: 'e3',
    history: [
      event('e1', { decision: 'submit', actorName: null, fromStatus: null, toStatus: 'pending', reasons: [{ rule: 'first-comment' }] }),
      event('e2', { decision: 'edit', fromStatus: 'pending', toStatus: 'pending', textBefore: storedHtml('<p>Before.</p>') }),
      event('e3', { decision: 'decline', toStatus: 'trash', decline: { reason: 'unkind', words: 'Please be kind.' } }),
    ],
  });
  await userEvent.click(screen.getByText('History'));
  const told = within(screen.getByText('History').closest('details') as HTMLElement).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(told[0]).toBe('3 May 2026 at 10:00 received: PendingFirst comment by this person.');
  expect(told[1]).toBe('3 May 2026 at 10:00 edited by MarleneThe text beforeBefore.');
  expect(told[2]).toBe('3 May 2026 at 10:00 declined by Marlene: Pending → TrashUnkind to somebody.Please be kind.Undo');
});

test('the event that can be taken back has an Undo, and only that', async () => {
  const act = vi.fn();
  show({ act, undoable: 'e2', history: [event('e1', {}), event('e2', { decision: 'trash' })] });
  await userEvent.click(screen.getByText('History'));
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(act.mock.calls.map(([form]) => form.get('undo'))).toEqual(['e2']);
});

test('a note is added where the comment stands, and a refused one keeps its words', async () => {
  const sent: string[] = [];
  const note = (form: FormData): ActState => {
    sent.push(`${form.get('person')}: ${form.get('note')}`);
    return { ...NOTHING_DONE, message: 'Notes are about others.', entered: { note: String(form.get('note')) } };
  };
  show({ notes: [{ id: 'n', text: 'Long-winded, and kind.', byName: 'Marlene', createdAt: DAY }], note });
  expect(screen.getByRole('list', { name: 'Private notes' }).textContent).toBe('Long-winded, and kind. Marlene, 3 May 2026 at 10:00');
  await userEvent.click(screen.getByText('Add a note'));
  await userEvent.type(screen.getByRole('textbox', { name: 'Private note about this comment' }), 'Asked twice.');
  await userEvent.click(screen.getByRole('button', { name: 'Add note' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Notes are about others.');
  expect(sent).toEqual(['abcdefgh0123: Asked twice.']);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Asked twice.');
});

test('whoever sees no notes is offered none', () => {
  show({ notes: null });
  expect(screen.queryByText('Add a note')).toBeNull();
});

test('a comment with private details in it is said to be urgent', () => {
  expect(within(show({ isUrgent: true })).getByText('Urgent')).toBeTruthy();
});
