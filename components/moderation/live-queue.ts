import { useEffect, useRef, useState, useTransition } from 'react';
import { arrivalsIn, joinEvents, mergeQueue, overtaking, type DeskNews, type LiveEvent, type LiveStart } from '@/lib/moderation/live-queue';
import type { QueueCard, QueueView } from '@/lib/moderation/queries';
import { isNarrowed, queuePath, statusesIn } from '@/lib/moderation/rules';
import { joinDesk, type DeskChannel } from './desk-channel';

type Told = { events: LiveEvent[]; counts: DeskNews['counts']; countedAt: number; manyAt: number };
const NOTHING: Told = { events: [], counts: null, countedAt: 0, manyAt: 0 };

/** The list on the screen: made of one list of the blog, and renewed by the later ones. */
type List = {
  view: QueueView;
  /** When its beginning was read: what came later is new. */
  start: LiveStart;
  cards: QueueCard[];
  seen: ReadonlySet<string>;
  /** On top of the blog's list, and not asked for yet. */
  held: string[];
  /** The first card that was not there before, when new ones were asked for. */
  asked: { first: string | null } | null;
};

const idsOf = (cards: readonly QueueCard[]): string[] => cards.map(({ id }) => id);
const begun = (view: QueueView, start: LiveStart, asked: List['asked'] = null): List => ({ view, start, cards: view.cards, seen: new Set(idsOf(view.cards)), held: [], asked });

type Props = {
  view: QueueView;
  start: LiveStart;
  /** Whether this page has decided on a card as it is shown. */
  isDone: (card: QueueCard) => boolean;
  /** Whether something this page does is on its way. */
  isPending: boolean;
  /** Why the last act was refused. */
  message: string | null;
  /** Lets the blog make the page anew. */
  refresh: () => Promise<void>;
};

/**
 * A queue while others work on it: the cards in the order in which they stand, with what somebody else has decided on;
 * how many new ones wait, and the counts of this moment, in the title too.
 */
export function useLiveQueue({ view, start, isDone, isPending, message, refresh }: Props) {
  const { told, ask } = useTold(start);
  const [list, setList] = useState(() => begun(view, start));
  const [isAsking, setAsking] = useState(false);
  const [isRefreshing, startRefresh] = useTransition();
  const isOfOthers = (card: QueueCard) => overtaking(card, told.events)?.isOwn !== true;
  if (list.view !== view) {
    setList(isAsking ? begun(view, start, { first: view.cards.find(({ id }) => !list.seen.has(id))?.id ?? null }) : renewed(list, view, told.events, (card) => isOfOthers(card) && !isDone(card)));
    setAsking(false);
  }
  const renew = () => startRefresh(() => refresh().catch(() => setAsking(false)));
  useRefreshWhenMany(told.manyAt, renew);
  useFocusOnAsked(list.asked);
  useEffect(() => {
    if (message !== null) ask();
  }, [message, ask]);

  const fresh = new Set(idsOf(view.cards));
  const cards = list.cards.filter((card) => fresh.has(card.id) || (isOfOthers(card) && !isDone(card)));
  const overtaken = new Map(cards.flatMap((card) => {
    const event = overtaking(card, told.events);
    return event && !(event.isOwn && isPending) ? [[card.id, event] as const] : [];
  }));
  const counts = told.counts && told.countedAt > start.at ? told.counts : view.counts;
  useTitle(counts.pending, view);
  const showNew = () => {
    // What is new stands on the first page.
    if (new URLSearchParams(location.search).has('after')) return location.assign(queuePath(view.filter, view.sort));
    setAsking(true);
    renew();
  };
  return { cards, overtaken, counts, news: { ...newIn(list, told.events, cards), hasOvertaken: overtaken.size > 0, isBusy: isRefreshing, show: showNew } };
}

export type LiveQueue = ReturnType<typeof useLiveQueue>;

/** What was told since the page was made. */
function useTold(start: LiveStart) {
  const [told, setTold] = useState(NOTHING);
  const channel = useRef<DeskChannel | null>(null);
  // The first list's; what later lists show is known by them.
  const [{ whose, at: since }] = useState(start);
  useEffect(() => {
    const joined = joinDesk(whose, since, ({ at, events, counts, isMany }) =>
      setTold((before) => ({
        events: events.length > 0 ? joinEvents(before.events, events) : before.events,
        ...(counts && at >= before.countedAt ? { counts, countedAt: at } : { counts: before.counts, countedAt: before.countedAt }),
        manyAt: isMany ? at : before.manyAt,
      })));
    channel.current = joined;
    return joined.leave;
  }, [whose, since]);
  const [ask] = useState(() => () => channel.current?.ask());
  return { told, ask };
}

function renewed(list: List, view: QueueView, events: readonly LiveEvent[], mayStay: (card: QueueCard) => boolean): List {
  const arrived = new Set(arrivalsIn(view.queue, events, list.start));
  const { cards, held } = mergeQueue(list.cards, view.cards, { stays: new Set(idsOf(list.cards.filter(mayStay))), seen: list.seen, arrived });
  return { ...list, view, cards, held, seen: new Set([...list.seen, ...idsOf(cards)]) };
}

/** How many wait to be shown: null where a filter decides and only the blog can say. */
function newIn({ view, start, held }: List, events: readonly LiveEvent[], cards: readonly QueueCard[]): { isThere: boolean; count: number | null } {
  if (view.only !== null) return { isThere: false, count: 0 };
  const shown = new Set(idsOf(cards));
  const statuses = statusesIn(view.queue);
  const stillThere = held.filter((id) => statuses.includes(events.findLast(({ comment }) => comment === id)?.to ?? view.cards.find((card) => card.id === id)?.status ?? 'deleted'));
  const waiting = new Set([...arrivalsIn(view.queue, events, start), ...stillThere].filter((id) => !shown.has(id)));
  return { isThere: waiting.size > 0, count: isNarrowed(view.filter) ? null : waiting.size };
}

const MANY_MS = 5_000;

/** Where more has happened than could be told, the blog makes the list anew, not more than once in some seconds. */
function useRefreshWhenMany(manyAt: number, renew: () => void) {
  const last = useRef(0);
  const latest = useRef(renew);
  useEffect(() => {
    latest.current = renew;
  });
  useEffect(() => {
    if (manyAt === 0) return;
    const timer = setTimeout(() => {
      last.current = Date.now();
      latest.current();
    }, Math.max(0, last.current + MANY_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [manyAt]);
}

function useFocusOnAsked(asked: List['asked']) {
  useEffect(() => {
    if (asked) (asked.first === null ? document.querySelector<HTMLElement>('[data-start]') : document.getElementById(`card-${asked.first}`))?.focus();
  }, [asked]);
}

/** As in `(3) Comments`. */
function useTitle(pending: number, view: QueueView) {
  useEffect(() => {
    // Next writes it, at first after the page is there; two of them would be one too many.
    if (document.title !== '') document.title = `${pending > 0 ? `(${pending}) ` : ''}${document.title.replace(/^\(\d+\) /, '')}`;
  }, [pending, view]);
}
