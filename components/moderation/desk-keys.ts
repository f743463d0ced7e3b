import type { KeyboardEvent } from 'react';
import type { Queue } from '@/lib/moderation/schema';
import type { Bulk } from './bulk';
import type { DeskActs } from './desk-acts';
import { focusOn } from './keep-focus';
import { bulkActOf, deskKeyOf, type DeskKey } from './keys';

const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const POPUPS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Focus is in the queue, on a card or at its start, and no field, dialog or menu has it. */
function isInQueue(target: EventTarget, main: HTMLElement): target is HTMLElement {
  if (!(target instanceof HTMLElement) || target.closest(`${FIELDS}, ${POPUPS}`)) return false;
  return target === main || target.matches('[data-start]') || target.closest('.queue-list') !== null;
}

const buttonOf = (card: Element | null, name: string) => card?.querySelector<HTMLButtonElement>(`button[data-act="${name}"]:not(:disabled)`) ?? null;

/** Whose id a card's element carries. */
const idOf = (card: Element) => card.id.replace(/^card-/, '');

type Props = { isOn: boolean; queue: Queue; acts: DeskActs; bulk: Bulk; help: () => void };

/** The keys of the queue. What a card offers no button for, a key does not do either. */
export function useDeskKeys({ isOn, queue, acts, bulk, help }: Props) {
  const press = (card: Element | null, name: string) => {
    const button = buttonOf(card, name);
    if (!button) return false;
    if (button.type !== 'submit' || !button.form) button.click();
    else {
      const form = new FormData(button.form);
      form.set(button.name, button.value);
      // Not by the form itself: the next key may come before that has been drawn.
      acts.actNow(form);
    }
    return true;
  };
  const move = (main: HTMLElement, card: Element | null, by: 1 | -1) => {
    const cards = [...main.querySelectorAll<HTMLElement>('.queue-list .card')].filter((one) => !one.closest('[inert]'));
    const at = card ? cards.findIndex((one) => one === card) + by : 0;
    focusOn(cards[Math.max(0, Math.min(at, cards.length - 1))]);
  };
  const carryOut = (key: DeskKey, main: HTMLElement, card: Element | null) => {
    const forSelection = bulkActOf(key, queue);
    if (forSelection) return bulk.apply(forSelection);
    if (key === 'help') return help();
    if (key === 'next' || key === 'previous') return move(main, card, key === 'next' ? 1 : -1);
    if (key === 'all-select') return bulk.selection.setAll(!bulk.selection.isAll);
    if (key === 'restore' && !press(card, 'restore')) return acts.undoLast();
    if (!card) return;
    if (key === 'select') bulk.selection.toggle(idOf(card));
    else if (key === 'person') card.querySelector<HTMLElement>('[data-person]')?.click();
    // In Spam and Trash it deletes for good, which asks.
    else if (key === 'trash' && buttonOf(card, 'delete')) press(card, 'delete');
    else if (key !== 'restore') press(card, key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    const key = isOn ? deskKeyOf(event) : null;
    if (key === null || event.defaultPrevented || !isInQueue(target, currentTarget)) return;
    event.preventDefault();
    carryOut(key, currentTarget, target.closest('.card'));
  };
  return { onKeyDown };
}
