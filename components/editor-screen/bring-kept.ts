import type { KeptCopy } from '@/lib/posts/editor-wire';
import { dropCopies, listAllCopies, type OwnedCopy } from './kept-copies';
import { sendSave } from './save-request';
import type { Answer } from './saver';

type Ways = {
  list: (now: Date) => Promise<OwnedCopy[]>;
  send: (person: string, copy: KeptCopy) => Promise<Answer>;
  drop: (person: string, copies: KeptCopy[]) => Promise<void>;
};

const WAYS: Ways = {
  list: listAllCopies,
  send: (person, { post, kind, fields, seen, tab }) => sendSave({ id: post, kind, fields, seen, tab, as: person }),
  drop: dropCopies,
};

/** What this browser keeps of the person who is signed in, after all of it was brought to the blog that goes there without a question. */
export type Left = { person: string; copies: KeptCopy[] };

/**
 * Sends what this browser keeps to the blog, each as the save it would have been, and throws away what the blog then has.
 * Gives what stays, null where nothing does. Of somebody else, who is not signed in, nothing is touched and nothing told.
 */
export async function bringKept(now: Date, { list, send, drop }: Ways = WAYS): Promise<Left | null> {
  const kept = await list(now);
  for (const person of new Set(kept.map((one) => one.person))) {
    const theirs = kept.filter((one) => one.person === person);
    const answers: { copy: KeptCopy; answer: Answer }[] = [];
    for (const { copy } of theirs) {
      const answer = await send(person, copy);
      if (answer?.ok === false && answer.code === 'not-signed-in') break;
      answers.push({ copy, answer });
    }
    if (answers.length < theirs.length) continue;
    await drop(person, answers.flatMap(({ copy, answer }) => (answer?.ok ? [copy] : [])));
    const copies = answers.flatMap(({ copy, answer }) => (answer?.ok ? [] : [copy]));
    return copies.length > 0 ? { person, copies } : null;
  }
  return null;
}
