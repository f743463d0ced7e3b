import { useLayoutEffect, useRef, type FocusEvent } from 'react';

const listCards = (whole: HTMLElement): HTMLElement[] => [...whole.querySelectorAll<HTMLElement>('.card')].filter((card) => !card.closest('[inert]'));

/** Gives focus to a card, or the start, and brings no more of it into view than is needed. */
export function focusOn(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView?.({ block: 'nearest' });
}

/**
 * Keeps the keyboard's place in the queue: when what has focus goes away, its card decided on or its button done, focus
 * goes to the card that stands in that place now, else to the start, and from there to the next cards when they come;
 * back to where it was when its card is back. Gives the props of the element around all of it.
 */
export function useKeptFocus() {
  const whole = useRef<HTMLElement>(null);
  const place = useRef<number | null>(null);
  const last = useRef<HTMLElement | null>(null);
  /** At the start only because there was no card. */
  const isParked = useRef(false);
  const moved = useRef<{ from: HTMLElement; to: HTMLElement } | null>(null);

  const keepFocus = () => {
    const active = document.activeElement;
    if (place.current === null || !whole.current || !(active instanceof HTMLElement)) return;
    const cards = listCards(whole.current);
    const start = whole.current.querySelector<HTMLElement>('[data-start]');
    const { from, to } = moved.current ?? { from: null, to: null };
    if (from?.isConnected && !from.closest('[inert]') && active === to) return goTo(from, null);
    const isGone = active.closest('[inert]') !== null;
    if (isGone || (isParked.current && active === start && cards.length > 0) || active === document.body) goTo(cards[Math.min(place.current, cards.length - 1)] ?? start, isGone ? active : null);
    else notePlace(active);
  };
  const goTo = (to: HTMLElement | null, from: HTMLElement | null) => {
    moved.current = from && to && { from, to };
    focusOn(to);
    isParked.current = to?.matches('[data-start]') ?? false;
  };
  const notePlace = (active: Element) => {
    const at = whole.current ? listCards(whole.current).findIndex((card) => card.contains(active)) : -1;
    if (at >= 0) place.current = at;
  };

  useLayoutEffect(keepFocus);
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    // What is in a dialog comes here by way of React, but does not stand here.
    if (!whole.current?.contains(target)) return;
    place.current ??= 0;
    last.current = target;
    isParked.current = false;
    notePlace(target);
  };
  /** From a dialog that has closed: to where focus was, or what stands there now. Base UI would go to the first field of a card. */
  const returnFocus = () => {
    if (last.current?.isConnected && !last.current.closest('[inert]')) return focusOn(last.current);
    const cards = whole.current ? listCards(whole.current) : [];
    goTo(cards[Math.min(place.current ?? 0, cards.length - 1)] ?? whole.current?.querySelector<HTMLElement>('[data-start]') ?? null, null);
  };
  return { returnFocus, props: { ref: whole, onFocus } };
}
