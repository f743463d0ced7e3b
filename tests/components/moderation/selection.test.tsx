import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { QueueScreen } from '@/components/moderation/queue-screen';
import type { QueueCard } from '@/lib/moderation/queries';
import type { BulkProgress, DeskState } from '@/lib/moderation/schema';
import { NOTHING_DONE } from '@/lib/people/schema';
import { queueCard, queueView } from '@/tests/support/queue-card';

const NAMES = ['Ines', 'Jonas', 'Ruth'];
const UNTIL = '2026-11-25T20:00:00.000Z';

type Given = {
  like?: Partial<QueueCard>[];
  view?: Partial<ReturnType<typeof queueView>>;
  answer?: (form: FormData) => DeskState;
  progress?: () => BulkProgress | null;
  stop?: (id: string) => BulkProgress | null;
  keys?: (isOn: boolean) => Promise<void>;
  hasKeys?: boolean;
  running?: BulkProgress | null;
};

/** A desk that notes what it sends, and answers as it is told. */
function open({ like = [], view = {}, answer, progress = () => null, stop = () => null, keys = async () => undefined, hasKeys = true, running = null }: Given = {}) {
  const sent: Record<string, unknown>[] = [];
  const action = async (_: DeskState, form: FormData): Promise<DeskState> => {
    sent.push(Object.fromEntries(form));
    return answer?.(form) ?? { done: { decision: 'trash', name: 'Ines', count: 2, event: null, batch: 'b', isUndo: false }, message: null };
  };
  const cards = NAMES.map((name, index) => queueCard(`c${index}`, name, like[index] ?? {}));
  const asks = { source: async () => 'Hi', count: async () => ({ total: 1234, until: UNTIL }), progress: async () => progress(), stop: async (id: string) => stop(id), keys, refresh: async () => undefined };
  render(
    <QueueScreen
      view={{ ...queueView(cards), ...view }} site={{ language: 'en', timeZone: 'UTC' }} person={{ userId: 'u', name: 'Marlene', role: 'owner' }} hasKeys={hasKeys} running={running}
      live={{ at: 0, whose: 'p', known: [] }} action={action} asks={asks} noteAction={async () => NOTHING_DONE} signOut={async () => undefined}
    />,
  );
  return sent;
}

const all = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all' });
const one = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Select comment by ${name}` });
const article = (name: string) => screen.getByRole('article', { name });
async function apply(act: string) {
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Bulk action' }), act);
  await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
}
const seenOf = (sent: Record<string, unknown>) => (JSON.parse(String(sent.many)) as { comment: string }[]).map(({ comment }) => comment);

test('Select all says that some are selected, selects all, and none', async () => {
  open();
  await userEvent.click(one('Jonas'));
  expect([all().checked, all().indeterminate]).toEqual([false, true]);
  expect(screen.getByText('1 selected')).toBeTruthy();
  await userEvent.click(all());
  expect([all().checked, all().indeterminate, ...NAMES.map((name) => one(name).checked)]).toEqual([true, false, true, true, true]);
  await userEvent.click(all());
  expect(NAMES.map((name) => one(name).checked)).toEqual([false, false, false]);
});

test('an act on the selection is sent once for all of them, as they were seen, and takes them away at once', async () => {
  const sent = open();
  await userEvent.click(one('Ines'));
  await userEvent.click(one('Ruth'));
  await apply('Trash');
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ decision: 'trash' });
  expect(JSON.parse(String(sent[0]?.many))).toEqual([{ comment: 'c0', revision: 1, seenStatus: 'pending' }, { comment: 'c2', revision: 1, seenStatus: 'pending' }]);
  expect(NAMES.map((name) => article(name).closest('[inert]') !== null)).toEqual([true, false, true]);
  expect((await screen.findByText(/2 comments moved to Trash/)).closest('[role=status]')).not.toBeNull();
});

test('what the act does not apply to is not sent, and nothing at all where it applies to none', async () => {
  const sent = open({ view: { queue: 'all' }, like: [{ status: 'approved', acts: ['unapprove', 'spam', 'trash'] }] });
  await userEvent.click(all());
  await apply('Approve');
  expect(seenOf(sent[0]!)).toEqual(['c1', 'c2']);
  await userEvent.click(one('Ines'));
  await apply('Approve');
  expect(sent).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toBe('This cannot be done with any of the selected comments.');
});

test('without a selection, one is asked for', async () => {
  const sent = open();
  await apply('Spam');
  expect(screen.getByRole('alert').textContent).toBe('Select some comments first.');
  expect(sent).toEqual([]);
});

test('each queue offers the acts that make sense there', () => {
  open({ view: { queue: 'trash' } });
  const options = within(screen.getByRole('combobox', { name: 'Bulk action' })).getAllByRole('option').map(({ textContent }) => textContent);
  expect(options).toEqual(['Choose…', 'Spam', 'Restore', 'Delete permanently']);
});

test('to delete several for good is asked first', async () => {
  const sent = open({ view: { queue: 'trash' }, like: NAMES.map(() => ({ status: 'trash', acts: ['restore', 'delete'] })) });
  await userEvent.click(all());
  await apply('Delete permanently');
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete 3 comments permanently?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(sent).toEqual([]);
  await apply('Delete permanently');
  await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete them' }));
  expect(seenOf(sent[0]!)).toEqual(['c0', 'c1', 'c2']);
});

test('what was left as it is comes back, with the sentence', async () => {
  open({ answer: () => ({ done: { decision: 'trash', name: '', count: 2, event: null, batch: 'b', isUndo: false }, message: 'One comment was left as it is: somebody was first.', left: ['c1'] }) });
  await userEvent.click(all());
  await apply('Trash');
  expect((await screen.findByRole('alert')).textContent).toContain('somebody was first');
  await waitFor(() => expect(NAMES.map((name) => article(name).closest('[inert]') !== null)).toEqual([true, false, true]));
});

test('all that match a filter are offered only where more match, and confirmed with their number', async () => {
  const progress = vi.fn<() => BulkProgress | null>().mockReturnValueOnce({ id: 'b1', decision: 'trash', total: 1234, done: 100, left: 0, isFinished: false, isStopped: false }).mockReturnValue({ id: 'b1', decision: 'trash', total: 1234, done: 1230, left: 4, isFinished: true, isStopped: false });
  const sent = open({ view: { next: 'c2' }, answer: () => ({ done: null, message: null, bulk: { id: 'b1', decision: 'trash', total: 1234, done: 0, left: 0, isFinished: false, isStopped: false } }), progress });
  await userEvent.click(all());
  await userEvent.click(await screen.findByRole('button', { name: 'Select all 1,234 that match this filter' }));
  expect(screen.getByText('All 1,234 that match this filter are selected')).toBeTruthy();
  await apply('Trash');
  const dialog = await screen.findByRole('alertdialog', { name: 'Move all 1,234 comments that match to Trash?' });
  expect(sent).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Move to Trash' }));
  expect(sent[0]).toMatchObject({ decision: 'trash', until: UNTIL });
  expect(JSON.parse(String(sent[0]?.filter))).toMatchObject({ queue: 'pending' });

  const bar = await screen.findByRole<HTMLProgressElement>('progressbar', { name: 'Moving comments to Trash' });
  await waitFor(() => expect([bar.max, bar.value]).toEqual([1234, 100]), { timeout: 5_000 });
  expect((await screen.findByText(/1,230 comments moved to Trash/, undefined, { timeout: 5_000 })).closest('[role=status]')).not.toBeNull();
  expect(screen.getByRole('alert').textContent).toContain('4 comments were left as they are');
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(sent[1]).toEqual({ undoBatch: 'b1' }));
});

test('a change of the selection takes the offer away: nobody acts on all who no longer sees all selected', async () => {
  const sent = open({ view: { next: 'c2' } });
  await userEvent.click(all());
  await userEvent.click(await screen.findByRole('button', { name: /that match this filter/ }));
  await userEvent.click(one('Ines'));
  await apply('Trash');
  expect(seenOf(sent[0]!)).toEqual(['c1', 'c2']);
});

test('an act on many that is under way is shown when the page is opened', async () => {
  open({ running: { id: 'b1', decision: 'approve', total: 50, done: 20, left: 1, isFinished: false, isStopped: false } });
  expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Approving comments' }).value).toBe(21);
});

test('an act on many is stopped where it stands: what was done can be taken back, the rest is left', async () => {
  const running: BulkProgress = { id: 'b1', decision: 'trash', total: 50, done: 0, left: 0, isFinished: false, isStopped: false };
  const stop = vi.fn((): BulkProgress | null => ({ ...running, done: 20, left: 30, isFinished: true, isStopped: true })).mockReturnValueOnce(null);
  const sent = open({ running, stop });
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  // The blog did not answer: it can be asked again.
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(stop).toHaveBeenLastCalledWith('b1');
  expect((await screen.findByRole('alert')).textContent).toBe('Stopped: 30 comments were left as they are.');
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getByText('20 comments moved to Trash.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(sent).toEqual([{ undoBatch: 'b1' }]));
});

test('keys act in the list and at its start, one press once, and not in a field, elsewhere, or with the switch off', async () => {
  const keys = vi.fn(async () => undefined);
  const sent = open({ keys });
  one('Ines').focus();
  await userEvent.keyboard('a');
  screen.getByRole('searchbox').focus();
  await userEvent.keyboard('a');
  screen.getByRole('link', { name: /Pending/ }).focus();
  await userEvent.keyboard('ja');
  expect(sent).toEqual([]);

  screen.getByRole('heading', { level: 1 }).focus();
  await userEvent.keyboard('j');
  expect(document.activeElement).toBe(article('Ines'));
  await userEvent.keyboard('{a>3/}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ comment: 'c0', decision: 'approve' });
  expect(document.activeElement).toBe(article('Jonas'));

  await userEvent.click(screen.getByRole('switch', { name: 'Keyboard shortcuts' }));
  expect(keys).toHaveBeenCalledExactlyOnceWith(false);
  article('Jonas').focus();
  await userEvent.keyboard('a?jx');
  expect([sent.length, screen.queryByRole('dialog'), one('Jonas').checked]).toEqual([1, null, false]);
});

test('fast keys are acts on one comment after the other, none lost', async () => {
  const sent = open();
  article('Ines').focus();
  await userEvent.keyboard('asd');
  await waitFor(() => expect(sent.map(({ comment, decision }) => [comment, decision])).toEqual([['c0', 'approve'], ['c1', 'spam'], ['c2', 'trash']]));
});

test('z takes back the last act, and restores where the card can be restored', async () => {
  const sent = open({ answer: () => ({ done: { decision: 'approve', name: 'Ines', count: 1, event: 'e1', batch: null, isUndo: false }, message: null }) });
  article('Ines').focus();
  await userEvent.keyboard('az');
  await waitFor(() => expect(sent[1]).toEqual({ undo: 'e1' }));
});

test('x selects, shift and x all, and shift with a letter acts on the selection', async () => {
  const sent = open();
  article('Jonas').focus();
  await userEvent.keyboard('x');
  expect(one('Jonas').checked).toBe(true);
  await userEvent.keyboard('{Shift>}X{/Shift}');
  expect(all().checked).toBe(true);
  await userEvent.keyboard('{Shift>}S{/Shift}');
  await waitFor(() => expect(sent[0]).toMatchObject({ decision: 'spam' }));
  expect(seenOf(sent[0]!)).toEqual(['c0', 'c1', 'c2']);
});

test('? opens the list of keys, in which no key acts, and focus is back on the card', async () => {
  const sent = open();
  article('Jonas').focus();
  await userEvent.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  await userEvent.keyboard('ad');
  expect(sent).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(document.activeElement).toBe(article('Jonas')));
});

test('an edit keeps its words when it is refused, closes by Escape only while nothing is changed, and asks for the text as it was typed', async () => {
  const sent = open({ answer: (form) => ({ done: null, message: 'No.', refused: { to: 'c0', form: 'edit', text: String(form.get('source')), message: 'No.' } }) });
  article('Ines').focus();
  await userEvent.keyboard('e');
  const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the comment by Ines' });
  expect(text.value).toBe('Hi');
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('textbox', { name: /Text of/ })).toBeNull();
  await userEvent.click(within(article('Ines')).getByRole('button', { name: 'Edit' }));
  await userEvent.type(await screen.findByRole('textbox', { name: /Text of/ }), ' there{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  await waitFor(() => expect(sent[0]).toMatchObject({ comment: 'c0', source: 'Hi there' }));
  await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Text of/ }).value).toBe('Hi there'));
});

test('a blog that does not answer is said, and brings the card and the words back', async () => {
  open({ answer: () => { throw new Error('cut'); } });
  await userEvent.click(within(article('Ines')).getByRole('button', { name: 'Spam' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/did not answer/);
  expect(article('Ines').closest('[inert]')).toBeNull();
  await userEvent.click(within(article('Ruth')).getByRole('button', { name: 'Reply' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Reply to Ruth' }), 'Dear Ruth');
  await userEvent.click(screen.getByRole('button', { name: 'Approve and reply' }));
  await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to Ruth' }).value).toBe('Dear Ruth'));
});
