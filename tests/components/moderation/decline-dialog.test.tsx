import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useActionState } from 'react';
import { expect, test, vi } from 'vitest';
import { DeclineDialog } from '@/components/moderation/decline-dialog';
import { declineDraft } from '@/lib/moderation/declines';
import { declineName } from '@/lib/moderation/rules';
import type { DeskState } from '@/lib/moderation/schema';
import { queueCard } from '@/tests/support/queue-card';

const NOTHING: DeskState = { done: null, message: null };

/** The dialog of a comment by Ines, with an action that answers so. */
function Desk({ answer, sent }: { answer: (form: FormData) => DeskState; sent: (form: FormData) => void }) {
  const [state, act, isPending] = useActionState(async (_: DeskState, form: FormData) => {
    sent(form);
    return answer(form);
  }, NOTHING);
  return <DeclineDialog card={queueCard('c1', 'Ines')} act={act} state={state} isPending={isPending} />;
}

async function open(answer: (form: FormData) => DeskState = () => NOTHING) {
  const user = userEvent.setup();
  const sent = vi.fn();
  render(<Desk answer={answer} sent={sent} />);
  await user.click(screen.getByRole('button', { name: 'Decline…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Decline the comment by Ines?' });
  return { user, sent, dialog, words: within(dialog).getByRole<HTMLTextAreaElement>('textbox', { name: 'What Ines reads' }), reason: within(dialog).getByRole<HTMLSelectElement>('combobox', { name: 'Reason' }) };
}

test('says who will read it, and tells nothing of an address', async () => {
  const { dialog } = await open();
  expect(dialog.textContent).toContain('Ines will see this on the comment’s own page, and by mail, if they have proven an address.');
});

test('a kind draft stands there for the reason, and gives way to another while nobody has changed it', async () => {
  const { user, words, reason } = await open();
  expect(words.value).toBe(declineDraft('unkind'));
  await user.selectOptions(reason, declineName('offTopic'));
  expect(words.value).toBe(declineDraft('offTopic'));
  await user.clear(words);
  await user.type(words, 'My own words.');
  await user.selectOptions(reason, declineName('promotion'));
  expect(words.value).toBe('My own words.');
});

test('sends reason, words and the comment as it was seen, and closes', async () => {
  const { user, sent, dialog, reason } = await open();
  await user.selectOptions(reason, declineName('unclear'));
  await user.click(within(dialog).getByRole('button', { name: 'Decline' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(Object.fromEntries(sent.mock.calls[0]![0] as FormData)).toEqual({ comment: 'c1', revision: '1', seenStatus: 'pending', decline: 'unclear', words: declineDraft('unclear') });
});

test('a refusal brings it back with reason and words as they were, and says why', async () => {
  const { user, reason } = await open((form) => ({ done: null, message: 'No.', refused: { to: 'c1', form: 'decline', text: String(form.get('words')), message: 'Ruth has approved this meanwhile.' } }));
  await user.selectOptions(reason, declineName('personal'));
  await user.type(screen.getByRole('textbox'), ' And more.');
  await user.click(screen.getByRole('button', { name: 'Decline' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Ruth has approved this meanwhile.');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe(`${declineDraft('personal')} And more.`);
  expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('personal');
});

test('Escape and Cancel close it and send nothing; what was typed is there again', async () => {
  const { user, sent, words } = await open();
  await user.type(words, ' Kept.');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Decline…' })));
  await user.click(screen.getByRole('button', { name: 'Decline…' }));
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox')).value).toContain('Kept.');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).not.toHaveBeenCalled();
});
