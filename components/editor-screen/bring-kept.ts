import type { KeptCopy } from '@/lib/posts/editor-wire';
import { dropCopies, keepCopy, listCopies } from './kept-copies';
import { sendSave } from './save-request';
import type { Answer } from './saver';

type Ways = {
  list: (person: string, now: Date) => Promise<KeptCopy[]>;
  keep: (person: string, copy: KeptCopy) => Promise<void>;
  send: (person: string, copy: KeptCopy) => Promise<Answer>;
  drop: (person: string, copies: KeptCopy[]) => Promise<void>;
};

const WAYS: Ways = {
  list: listCopies,
  keep: keepCopy,
  send: (person, { post, kind, fields, seen, tab }) => sendSave({ id: post, kind, fields, seen, tab, as: person }),
  drop: dropCopies,
};

/** What this browser keeps of a person, after all of it was brought to the blog that goes there without a question. */
export type Left = { person: string; copies: KeptCopy[] };

/**
 * Sends what this browser keeps of the person who is signed in to the blog, each as the save it would have been, and throws
 * away what the blog then has. Gives what stays; null where nothing does, or somebody else is signed in by now. What was
 * typed into a post that is gone is kept as a new one: it is offered where one is begun. Rejects where a browser keeps nothing.
 */
export async function bringKept(person: string, now: Date, { list, keep, send, drop }: Ways = WAYS): Promise<Left | null> {
  const copies: KeptCopy[] = [];
  for (const copy of await list(person, now)) {
    const answer = await send(person, copy);
    if (answer?.ok === false && answer.code === 'not-signed-in') return null;
    const isGone = answer?.ok === false && answer.code === 'not-found' && copy.seen !== '';
    const left = isGone ? { ...copy, post: crypto.randomUUID(), seen: '' } : copy;
    if (isGone) await keep(person, left);
    if (isGone || answer?.ok) await drop(person, [copy]);
    if (!answer?.ok) copies.push(left);
  }
  return copies.length > 0 ? { person, copies } : null;
}
