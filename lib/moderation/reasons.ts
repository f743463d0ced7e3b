import type { Reason } from './schema';

/** An e-mail address or a network's: the owner's lists of words may hold them, and what they found stands with the comment. */
const ADDRESS = /@|^[\da-f.:]*[.:][\da-f.:]*$/i;

/** Whether a phrase is, or holds, an address of a person or on the network. */
export const isAddress = (phrase: string): boolean => ADDRESS.test(phrase);

/** A reason as this viewer may read it: an address that was found in a comment is for owners alone. */
export function wordlessFor(isOwner: boolean, reason: Reason): Reason {
  if (isOwner) return reason;
  if ('word' in reason && isAddress(reason.word)) return { ...reason, word: '…' };
  return 'entry' in reason && isAddress(reason.entry) ? { ...reason, entry: '…' } : reason;
}
