import { useState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';

type Shown = { from: readonly QueueCard[]; ids: ReadonlySet<string> };

/**
 * The cards of a page as it goes on: what was shown once stands where it belongs, more come at the end, and what is new
 * above them is held back, so that nothing moves under a hand.
 */
export function keepPlaces(shown: ReadonlySet<string>, cards: readonly QueueCard[]): QueueCard[] {
  const last = cards.findLastIndex(({ id }) => shown.has(id));
  return cards.filter(({ id }, index) => index > last || shown.has(id));
}

/** The same for a page that is sent anew after each act. */
export function useShownCards(cards: readonly QueueCard[]): readonly QueueCard[] {
  const [shown, setShown] = useState<Shown>({ from: cards, ids: new Set(cards.map(({ id }) => id)) });
  const kept = keepPlaces(shown.ids, cards);
  if (shown.from !== cards) setShown({ from: cards, ids: new Set([...shown.ids, ...kept.map(({ id }) => id)]) });
  return kept;
}
