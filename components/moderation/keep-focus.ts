import { useEffect, useRef, type FocusEvent } from 'react';

/**
 * Keeps the keyboard's place in the queue: when what has focus goes away, its card decided on or its button done, focus
 * goes to the card that stands in that place now, else to the start. Gives the props of the element around all of it.
 */
export function useKeptFocus() {
  const whole = useRef<HTMLElement>(null);
  const place = useRef<number | null>(null);
  useEffect(() => {
    if (place.current === null || !whole.current || document.activeElement !== document.body) return;
    const cards = [...whole.current.querySelectorAll<HTMLElement>('.card')];
    const next = cards[Math.min(place.current, cards.length - 1)] ?? whole.current.querySelector<HTMLElement>('[data-start]');
    next?.focus({ preventScroll: true });
    next?.scrollIntoView?.({ block: 'nearest' });
  });
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const card = target.closest('.card');
    const cards = [...(whole.current?.querySelectorAll('.card') ?? [])];
    place.current = card ? cards.indexOf(card) : (place.current ?? 0);
  };
  return { ref: whole, onFocus };
}
