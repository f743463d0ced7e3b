import type { KeyboardEvent } from 'react';
import { focusOn } from './keep-focus';
import type { KeyLine } from './keys';
import type { RepliesActs } from './replies-acts';

/** The keys of the reply desk, as its list shows them; where they do the same as in the queue they are the same. */
export const REPLIES_KEYS: readonly KeyLine[] = [
  { keys: ['j'], does: 'moderation.keys.next' },
  { keys: ['k'], does: 'moderation.keys.previous' },
  { keys: ['r'], does: 'moderation.keys.reply' },
  { keys: ['n'], does: 'moderation.keys.noReply' },
  { keys: ['z'], does: 'moderation.keys.undo' },
  { keys: ['?'], does: 'moderation.keys.help' },
];

const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const POPUPS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const MOVES = { j: 1, k: -1 } as const;

const isMove = (key: string): key is keyof typeof MOVES => key in MOVES;

/** Focus is on a card or at the start of the list, and no field, dialog or menu has it. */
function isInList(target: EventTarget, main: HTMLElement): target is HTMLElement {
  if (!(target instanceof HTMLElement) || target.closest(`${FIELDS}, ${POPUPS}`)) return false;
  return target === main || target.matches('[data-start]') || target.closest('.queue-list') !== null;
}

function press(card: Element | null, name: string, acts: RepliesActs): void {
  const button = card?.querySelector<HTMLButtonElement>(`button[data-act="${name}"]:not(:disabled)`);
  if (!button) return;
  if (button.type !== 'submit' || !button.form) return button.click();
  const form = new FormData(button.form);
  form.set(button.name, button.value);
  // Not by the form itself: the next key may come before that has been drawn.
  acts.actNow(form);
}

function move(main: HTMLElement, card: Element | null, by: 1 | -1): void {
  const cards = [...main.querySelectorAll<HTMLElement>('.queue-list .card')].filter((one) => !one.closest('[inert]'));
  const at = card ? cards.findIndex((one) => one === card) + by : 0;
  focusOn(cards[Math.max(0, Math.min(at, cards.length - 1))]);
}

type Props = { isOn: boolean; acts: RepliesActs; help: () => void };

/** The keys of the reply desk; one press is one act, however long it lasts. */
export function useRepliesKeys({ isOn, acts, help }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget, ctrlKey, altKey, metaKey, shiftKey, repeat } = event;
    const key = event.key.toLowerCase();
    if (!isOn || ctrlKey || altKey || metaKey || (shiftKey && key !== '?') || (repeat && !isMove(key)) || event.defaultPrevented || !isInList(target, currentTarget)) return;
    if (!isMove(key) && !['r', 'n', 'z', '?'].includes(key)) return;
    event.preventDefault();
    const card = target.closest('.card');
    if (isMove(key)) move(currentTarget, card, MOVES[key]);
    else if (key === '?') help();
    else if (key === 'z') acts.undoLast();
    else press(card, key === 'r' ? 'reply' : 'noReply', acts);
  };
  return { onKeyDown };
}
