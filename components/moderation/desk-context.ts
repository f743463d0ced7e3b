import { createContext, useContext } from 'react';
import type { BulkProgress, QueueFilter } from '@/lib/moderation/schema';

/** What the desk asks the blog without a form. */
export type DeskAsks = {
  /** The text of a comment as it was typed. */
  source: (comment: string) => Promise<string | null>;
  /** How many match a filter at this moment. */
  count: (filter: QueueFilter) => Promise<{ total: number; until: string } | null>;
  progress: (id: string) => Promise<BulkProgress | null>;
  /** Ends an act on many where it stands. */
  stop: (id: string) => Promise<BulkProgress | null>;
  keys: (isOn: boolean) => Promise<void>;
  /** The page anew. */
  refresh: () => Promise<void>;
};

type Desk = {
  source: DeskAsks['source'];
  isSelected: (comment: string) => boolean;
  select: (comment: string, isOn: boolean) => void;
  /** From a dialog that has closed, back to where focus was in the queue. */
  returnFocus: () => void;
};

/** What the parts of a card need besides the card. */
export const DeskContext = createContext<Desk>({ source: () => Promise.resolve(null), isSelected: () => false, select: () => undefined, returnFocus: () => undefined });

export const useDesk = (): Desk => useContext(DeskContext);
