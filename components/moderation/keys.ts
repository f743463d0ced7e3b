import type { Act, Queue } from '@/lib/moderation/schema';
import type { Message } from '@/lib/words/t';

/** What a key of the desk does; the letters are WordPress's. `all`: to the selection. */
export type DeskKey = 'next' | 'previous' | 'approve' | 'unapprove' | 'spam' | 'trash' | 'restore' | 'reply' | 'edit' | 'select' | 'person' | 'help' | 'all-approve' | 'all-unapprove' | 'all-spam' | 'all-trash' | 'all-restore' | 'all-select';

const PLAIN = new Map<string, DeskKey>(Object.entries({
  j: 'next', k: 'previous', a: 'approve', u: 'unapprove', s: 'spam', d: 'trash', z: 'restore', r: 'reply', q: 'edit', e: 'edit', x: 'select', p: 'person', '?': 'help',
}));
const WITH_SHIFT = new Map<string, DeskKey>(Object.entries({ a: 'all-approve', u: 'all-unapprove', s: 'all-spam', d: 'all-trash', z: 'all-restore', x: 'all-select', '?': 'help' }));

/** Those that a held-down key may do again and again. */
const MOVES: readonly DeskKey[] = ['next', 'previous'];

type Pressed = { key: string; shiftKey: boolean; ctrlKey: boolean; altKey: boolean; metaKey: boolean; repeat: boolean };

/** What a pressed key does at the desk, by the letter that it writes; null for any other. One press is one act, however long it lasts. */
export function deskKeyOf({ key, shiftKey, ctrlKey, altKey, metaKey, repeat }: Pressed): DeskKey | null {
  if (ctrlKey || altKey || metaKey) return null;
  const named = (shiftKey ? WITH_SHIFT : PLAIN).get(key.toLowerCase()) ?? null;
  return named !== null && repeat && !MOVES.includes(named) ? null : named;
}

/** Which act on the selection such a key is in a queue: in Spam and Trash `d` deletes for good. Null for what is none. */
export function bulkActOf(key: DeskKey, queue: Queue): Act | null {
  switch (key) {
    case 'all-approve':
      return 'approve';
    case 'all-unapprove':
      return 'unapprove';
    case 'all-spam':
      return 'spam';
    case 'all-trash':
      return queue === 'spam' || queue === 'trash' ? 'delete' : 'trash';
    case 'all-restore':
      return 'restore';
    default:
      return null;
  }
}

/** A line of a list of keys. `withShift`: the first of them, and so the others. */
export type KeyLine = { keys: string[]; withShift?: boolean; does: Extract<Message, `moderation.keys.${string}`> };

/** The list of keys, as it is shown. */
export const KEY_LIST: readonly KeyLine[] = [
  { keys: ['j'], does: 'moderation.keys.next' },
  { keys: ['k'], does: 'moderation.keys.previous' },
  { keys: ['a'], does: 'moderation.keys.approve' },
  { keys: ['u'], does: 'moderation.keys.unapprove' },
  { keys: ['s'], does: 'moderation.keys.spam' },
  { keys: ['d'], does: 'moderation.keys.trash' },
  { keys: ['z'], does: 'moderation.keys.restore' },
  { keys: ['r'], does: 'moderation.keys.reply' },
  { keys: ['e', 'q'], does: 'moderation.keys.edit' },
  { keys: ['x'], does: 'moderation.keys.select' },
  { keys: ['p'], does: 'moderation.keys.person' },
  { keys: ['x'], withShift: true, does: 'moderation.keys.selectAll' },
  { keys: ['a', 'u', 's', 'd', 'z'], withShift: true, does: 'moderation.keys.forSelected' },
  { keys: ['?'], does: 'moderation.keys.help' },
];
