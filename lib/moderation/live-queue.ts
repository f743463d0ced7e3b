import { Decision } from '../db/generated/enums';
import { z } from '../zod';
import { t } from '../words/t';
import { statusesIn, statusName } from './rules';
import { CommentStatus, type Queue } from './schema';

/** A decision as every open desk is told of it: who made it by name alone, and of which comment. */
export const liveEventSchema = z.object({
  id: z.string(),
  at: z.number(),
  comment: z.string(),
  decision: z.enum(Decision),
  from: z.enum(CommentStatus).nullable(),
  to: z.enum(CommentStatus),
  /** Null where nobody of the desk made it. */
  by: z.string().nullable(),
  /** Whoever is told has made it. */
  isOwn: z.boolean(),
  /** It changed the text. */
  isEdit: z.boolean(),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;

const countsSchema = z.object({ pending: z.number(), approved: z.number(), spam: z.number(), trash: z.number(), all: z.number() });

/** What an open desk is told. `at`: the moment up to which it is told all, by which it asks for what comes after. */
export const deskNewsSchema = z.object({
  at: z.number(),
  events: z.array(liveEventSchema),
  counts: countsSchema.nullable(),
  /** More has happened than is told: only a new list says what. */
  isMany: z.boolean(),
});
export type DeskNews = z.infer<typeof deskNewsSchema>;

/** Where a list stands in the course of events: when and for whom it was read, and the latest events that it shows. */
export type LiveStart = { at: number; whose: string; known: string[] };

/** Clocks differ, and what was begun earlier may be committed later: so far back events are told again. */
export const OVERLAP_MS = 30_000;

/** Several lists of events as one, each event once, in the order in which they happened. */
export function joinEvents(before: readonly LiveEvent[], more: readonly LiveEvent[]): LiveEvent[] {
  const known = new Set(before.map(({ id }) => id));
  const joined = [...before, ...more.filter(({ id }) => !known.has(id) && known.add(id))];
  return joined.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(-EVENTS_MAX);
}

const EVENTS_MAX = 1_000;

type ShownCard = { id: string; status: CommentStatus; history: readonly { id: string }[] };

/** What has happened to a comment since its card was made; null where nothing has, or it has been taken back. */
export function overtaking(card: ShownCard, events: readonly LiveEvent[]): LiveEvent | null {
  const later = events.filter(({ id, comment }) => comment === card.id && !card.history.some((event) => event.id === id));
  const last = later.at(-1);
  if (!last) return null;
  return last.to === card.status && later.every(({ isEdit }) => !isEdit) ? null : last;
}

/** The comments that have come into a queue since a list of it was read, and are there. */
export function arrivalsIn(queue: Queue, events: readonly LiveEvent[], start: LiveStart): string[] {
  const statuses = statusesIn(queue);
  const isThere = new Map<string, { before: boolean; now: boolean }>();
  for (const { id, at, comment, from, to } of events) {
    if (at < start.at - OVERLAP_MS || start.known.includes(id)) continue;
    const before = isThere.get(comment)?.before ?? (from !== null && statuses.includes(from));
    isThere.set(comment, { before, now: statuses.includes(to) });
  }
  return [...isThere].filter(([, { before, now }]) => now && !before).map(([comment]) => comment);
}

type Merging = {
  /** What stays where it stands though the new list has it no more. */
  stays: ReadonlySet<string>;
  /** What was shown before, and may come back to its place: an act on it was taken back. */
  seen: ReadonlySet<string>;
  /** What has come meanwhile, and waits until it is asked for. */
  arrived: ReadonlySet<string>;
};

/**
 * The list to show after the blog has made it anew: in the order that is on the screen, with what follows at the end.
 * What nobody has asked for yet does not come in between or on top; it is `held`.
 */
export function mergeQueue<Card extends { id: string }>(shown: readonly Card[], fresh: readonly Card[], { stays, seen, arrived }: Merging): { cards: Card[]; held: string[] } {
  const renewed = new Map(fresh.map((card) => [card.id, card]));
  const cards = shown.flatMap((card) => renewed.get(card.id) ?? (stays.has(card.id) ? [card] : []));
  const wasShown = new Set(shown.map(({ id }) => id));
  const lastCommon = fresh.findLastIndex(({ id }) => wasShown.has(id));
  const held: string[] = [];
  for (const [index, card] of fresh.entries()) {
    if (wasShown.has(card.id)) continue;
    if (seen.has(card.id)) cards.splice(placeOf(cards, fresh, index), 0, card);
    else if (arrived.has(card.id) || index < lastCommon) held.push(card.id);
    else cards.push(card);
  }
  return { cards, held };
}

/** After whatever stands before it in the new list and is shown. */
function placeOf<Card extends { id: string }>(cards: readonly Card[], fresh: readonly Card[], index: number): number {
  const before = fresh.slice(0, index).findLast(({ id }) => cards.some((card) => card.id === id));
  return before ? cards.findIndex(({ id }) => id === before.id) + 1 : 0;
}

/** What a card says that somebody else has decided on: `Approved by NAME`. */
export function overtakenWords({ decision, by, isOwn, to }: LiveEvent): string {
  if (decision === 'report' || decision === 'withdraw') return t(`decisions.overtaken.${decision}`);
  const status = statusName(to);
  if (isOwn) return t(`decisions.overtakenByYou.${decision}`, { status });
  return by === null ? t(`decisions.overtaken.${decision}`, { status }) : t(`decisions.overtakenBy.${decision}`, { status, name: by });
}
