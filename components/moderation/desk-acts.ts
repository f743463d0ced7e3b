import { useRef, useState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { GOES_ON, type BulkProgress, type DeskState, type Queue } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';

export type DeskAction = (state: DeskState, form: FormData) => Promise<DeskState>;

/** What was typed is given back. */
function unanswered(form: FormData): DeskState {
  const to = String(form.get('comment'));
  const [field, name] = ([['text', 'reply'], ['source', 'edit'], ['words', 'decline']] as const).find(([one]) => form.has(one)) ?? [];
  const typed = field && { form: name, text: String(form.get(field)) };
  const message = t('moderation.acts.unanswered');
  return { done: null, message, ...(typed && { refused: { ...typed, to, message } }) };
}

/** A card that was acted on: as it was then, and, once that is answered, by what it is undone and when it was done. */
type Leaving = { stamp: string; done: { mark: string | null; at: number } | null };

/**
 * A list that was read so long after an act and still shows the card as it was tells of somebody who brought it back. One
 * read earlier may come late, even after another without the card: nothing forgets an act before its time.
 */
const BACK_AFTER_MS = 10_000;

const stampOf = ({ revision, status }: { revision: number; status: string }) => `${revision} ${status}`;

/** The cards that a form takes out of this queue. A form with words in it keeps its card until it is answered. */
function leavingWith(form: FormData, queue: Queue): [string, string][] {
  const decision = form.get('decision');
  if (decision === null || (queue === 'all' && (decision === 'approve' || decision === 'unapprove'))) return [];
  return seenIn(form).map((seen) => [seen.comment, stampOf({ revision: Number(seen.revision), status: seen.seenStatus })]);
}

type Sent = { comment: string; revision: unknown; seenStatus: string };

function seenIn(form: FormData): Sent[] {
  const many = form.get('many');
  // As bulk.ts has just written it.
  if (typeof many === 'string') return JSON.parse(many) as Sent[];
  const comment = form.get('comment');
  return typeof comment === 'string' ? [{ comment, revision: form.get('revision'), seenStatus: String(form.get('seenStatus')) }] : [];
}

/** What a form is about: the same is not sent again while it is under way, for that would be refused as somebody else's. */
function subjectsOf(form: FormData): string[] {
  const undone = form.get('undo') ?? form.get('undoBatch');
  return undone === null ? seenIn(form).map(({ comment }) => comment) : [`undo ${String(undone)}`];
}

function undoForm({ done }: DeskState): FormData | null {
  if (!done || done.isUndo || done.decision === 'delete') return null;
  const form = new FormData();
  form.set(done.batch ? 'undoBatch' : 'undo', done.batch ?? done.event ?? '');
  return form;
}

/** What an act on many did not do, and why. */
function leftSentence({ left, isStopped }: BulkProgress): string | null {
  if (left === 0) return null;
  return isStopped ? t('moderation.bulk.stopped', { count: left }) : t('moderation.bulk.left', { count: left });
}

const doneIn = ({ done, at }: DeskState) => ({ mark: done ? (done.batch ?? done.event) : null, at: at ?? Infinity });

type Props = {
  action: DeskAction;
  queue: Queue;
  /** When they were read, by the blog's clock. */
  readAt: number;
  /** An act on many that was under way when the page was opened. */
  running: BulkProgress | null;
  /** Lets the blog make the page anew. */
  refresh: () => Promise<void>;
};

/**
 * The acts of the desk, one after the other in the order in which they were asked for; no press is lost while another act
 * is on its way. What leaves the queue does so at once, and is back when it is refused.
 */
export function useDeskActs({ action, queue, readAt, running, refresh }: Props) {
  const [state, setState] = useState<DeskState>({ done: null, message: null });
  const [bulk, setBulk] = useState(running);
  const [waiting, setWaiting] = useState(0);
  const [leaving, setLeaving] = useState<ReadonlyMap<string, Leaving>>(new Map());
  const now = useRef({ state, underWay: new Set<string>(), tail: Promise.resolve(), waiting: 0, isStale: false });

  const show = (next: DeskState) => {
    now.current.state = next;
    setState(next);
    if (next.bulk) setBulk(next.bulk);
  };
  const settle = (form: FormData, ids: string[], answer: DeskState) =>
    setLeaving((before) => {
      const after = new Map(before);
      const undone = form.get('undoBatch') ?? form.get('undo');
      if (answer.done && undone !== null) for (const [id, one] of before) if (one.done?.mark === undone) after.delete(id);
      for (const id of ids) {
        const one = after.get(id);
        if (one && answer.done && !answer.left?.includes(id)) after.set(id, { ...one, done: doneIn(answer) });
        else after.delete(id);
      }
      return after;
    });

  const send = async (form: FormData, ids: string[]) => {
    // The page is made anew after the last one only: each time would take longer than the act.
    now.current.isStale = now.current.waiting > 1;
    if (now.current.isStale) form.set(GOES_ON, '1');
    const answer = await action(now.current.state, form).catch(() => {
      now.current.isStale = true;
      return unanswered(form);
    });
    show(answer);
    settle(form, ids, answer);
    if (answer.sent) leaveAnswered(form, answer);
  };
  /** A comment that waited is approved with its answer. */
  const leaveAnswered = (form: FormData, answer: DeskState) => {
    const answered = seenIn(form).filter(({ seenStatus }) => seenStatus === 'pending' && queue === 'pending');
    setLeaving((before) => new Map([...before, ...answered.map((seen) => [seen.comment, { stamp: stampOf({ revision: Number(seen.revision), status: seen.seenStatus }), done: doneIn(answer) }] as const)]));
  };
  const inTurn = (work: () => Promise<void>) => {
    setWaiting((now.current.waiting += 1));
    now.current.tail = now.current.tail.then(work).finally(() => {
      setWaiting((now.current.waiting -= 1));
      if (now.current.waiting > 0 || !now.current.isStale) return;
      now.current.isStale = false;
      refresh().catch(() => undefined);
    });
  };

  const sendInTurn = (form: FormData) => {
    const subjects = subjectsOf(form);
    const { underWay } = now.current;
    if (subjects.length > 0 && subjects.some((subject) => underWay.has(subject))) return;
    for (const subject of subjects) underWay.add(subject);
    const gone = leavingWith(form, queue);
    if (gone.length > 0) setLeaving((before) => new Map([...before, ...gone.map(([id, stamp]) => [id, { stamp, done: null }] as const)]));
    inTurn(() => send(form, gone.map(([id]) => id)).finally(() => subjects.forEach((subject) => underWay.delete(subject))));
  };

  return {
    state,
    bulk,
    isPending: waiting > 0,
    isLeaving: (card: QueueCard) => {
      const one = leaving.get(card.id);
      return one !== undefined && one.stamp === stampOf(card) && (one.done === null || readAt <= one.done.at + BACK_AFTER_MS);
    },
    /** Whether it was decided on here, as it is shown, and the blog has answered that it is done. */
    isDone: (card: QueueCard) => {
      const one = leaving.get(card.id);
      return one !== undefined && one.stamp === stampOf(card) && one.done !== null;
    },
    /** Sends a form at once: for a key, whose next press may come before React has drawn. */
    actNow: sendInTurn,
    /** The action of a form. React calls it inside a transition, which would draw too late. */
    act: (form: FormData) => queueMicrotask(() => sendInTurn(form)),
    /** Takes back the act that is the last one when its turn comes. */
    undoLast: () => inTurn(async () => {
      const form = undoForm(now.current.state);
      if (form) await send(form, []);
    }),
    say: (message: string) => show({ ...now.current.state, message }),
    /** An act that went on by itself has come this far. */
    progress: (next: BulkProgress) => {
      if (!next.isFinished) return setBulk(next);
      setBulk(null);
      const { id, decision, done } = next;
      show({ done: done > 0 ? { decision, name: '', count: done, event: null, batch: id, isUndo: decision === 'undo' } : null, message: leftSentence(next) });
    },
  };
}

export type DeskActs = ReturnType<typeof useDeskActs>;
