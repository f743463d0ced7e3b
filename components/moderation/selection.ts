import { useState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';

/** Which cards are selected, of those that are shown. */
export function useSelection(cards: readonly QueueCard[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = cards.filter(({ id }) => ids.has(id));
  const isAll = chosen.length > 0 && chosen.length === cards.length;
  return {
    chosen,
    isAll,
    isSome: chosen.length > 0 && !isAll,
    has: (id: string) => ids.has(id),
    set: (id: string, isOn: boolean) => setIds((before) => new Set(isOn ? [...before, id] : [...before].filter((one) => one !== id))),
    toggle: (id: string) => setIds((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id])),
    setAll: (isOn: boolean) => setIds(new Set(isOn ? cards.map(({ id }) => id) : [])),
  };
}

export type Selection = ReturnType<typeof useSelection>;
