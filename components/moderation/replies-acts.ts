import { useRef, useState } from 'react';
import type { RepliesState } from '@/lib/comments/reply-desk';
import { t } from '@/lib/words/t';

export type RepliesAction = (state: RepliesState, form: FormData) => Promise<RepliesState>;

const NOTHING_DONE: RepliesState = { done: null, message: null };

/** What was typed is given back. */
function unanswered(form: FormData): RepliesState {
  const text = form.get('text');
  return { ...NOTHING_DONE, message: t('moderation.acts.unanswered'), ...(text !== null && { refused: { to: String(form.get('comment')), text: String(text) } }) };
}

/** What a form is about: the same is not sent again while it is under way. */
const subjectOf = (form: FormData): string => ['noReply', 'comment', 'undoNoReply', 'undoBatch', 'olderThan'].map((name) => form.get(name)).find((value) => value !== null)?.toString() ?? '';

/**
 * The acts of the reply desk, one after the other. What needs no reply leaves at once, and is back when that is refused; an
 * answer leaves when it is published.
 */
export function useRepliesActs(action: RepliesAction) {
  const [state, setState] = useState(NOTHING_DONE);
  const [waiting, setWaiting] = useState(0);
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const now = useRef({ state: NOTHING_DONE, tail: Promise.resolve(), underWay: new Set<string>() });

  const settle = (form: FormData, answer: RepliesState) => {
    now.current.state = answer;
    setState(answer);
    const [marked, answered] = [form.get('noReply'), form.get('comment')].map((value) => value?.toString() ?? '');
    setLeaving((before) => {
      if (answer.done?.what === 'undone') return new Set();
      const after = new Set(before);
      if (!answer.done && marked) after.delete(marked);
      if (answer.done?.what === 'reply' && answered) after.add(answered);
      return after;
    });
  };
  const send = (form: FormData) => {
    const { underWay } = now.current;
    const subject = subjectOf(form);
    if (underWay.has(subject)) return;
    underWay.add(subject);
    const marked = form.get('noReply')?.toString();
    if (marked) setLeaving((before) => new Set([...before, marked]));
    setWaiting((count) => count + 1);
    now.current.tail = now.current.tail
      .then(async () => settle(form, await action(now.current.state, form).catch(() => unanswered(form))))
      .finally(() => {
        underWay.delete(subject);
        setWaiting((count) => count - 1);
      });
  };
  return {
    state,
    isPending: waiting > 0,
    isLeaving: (comment: string) => leaving.has(comment),
    /** Sends a form at once: for a key. */
    actNow: send,
    /** The action of a form. React calls it inside a transition, which would draw too late. */
    act: (form: FormData) => queueMicrotask(() => send(form)),
    /** Takes back the last act. */
    undoLast: () => {
      const undo = now.current.state.done?.undo;
      if (!undo) return;
      const form = new FormData();
      form.set(undo.field, undo.value);
      send(form);
    },
    say: (message: string) => setState({ ...now.current.state, message }),
  };
}

export type RepliesActs = ReturnType<typeof useRepliesActs>;
