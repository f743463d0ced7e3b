import { db } from '../db/client';
import { NEWEST_FIRST } from '../db/paging';
import type { Prisma } from '../db/generated/client';
import { hasDesk, isModerator, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { readPageToken } from '../page-token';
import { siteOrigin } from '../site-origin';
import { daysLeft, pathOfPlace } from './rules';
import type { RemovalCard, RemovalPage } from './schema';

/** So many answered ones are listed after those that wait. */
const ANSWERED_SHOWN = 50;

/** Who looks after requests: who may take down comments under every post. */
export const mayAnswerRemovals = (actor: Actor): actor is Person => hasDesk(actor) && isModerator(actor);

const pageSelect = { place: true, words: true, createdAt: true, dueAt: true, email: true, provenAt: true, outcome: true, answer: true, answeredAt: true } as const;

/** A request for whoever made it, by the token of its page; null for one that is none, or is not kept any more. */
export async function findRemoval(token: string): Promise<RemovalPage | null> {
  const byMail = readPageToken('removal-mail', token);
  const id = byMail ?? readPageToken('removal', token);
  const found = id === null ? null : await db().removalRequest.findUnique({ where: { id }, select: pageSelect });
  if (!found) return null;
  const { email, provenAt, ...shown } = found;
  return { token, ...shown, email: email || null, isProven: provenAt !== null, isByMail: byMail !== null };
}

const cardSelect = { id: true, name: true, email: true, provenAt: true, place: true, words: true, createdAt: true, dueAt: true, outcome: true, answer: true, answeredAt: true, answeredBy: { select: { name: true } } } as const;
type CardRow = Prisma.RemovalRequestGetPayload<{ select: typeof cardSelect }>;

function cardOf({ name, email, provenAt, answeredBy, ...row }: CardRow, viewer: Person, now: Date): RemovalCard {
  return {
    ...row, name: name || null, email: isOwner(viewer) ? email || null : null, isProven: provenAt !== null, path: pathOfPlace(row.place, siteOrigin()),
    daysLeft: daysLeft(row.dueAt, now), answeredBy: answeredBy?.name ?? null,
  };
}

/** All requests that wait, the one that is due first at the head, and the latest that were answered; null for whoever may not answer them. */
export async function listRemovals(viewer: Actor, now: Date): Promise<{ waiting: RemovalCard[]; answered: RemovalCard[] } | null> {
  if (!mayAnswerRemovals(viewer)) return null;
  const [waiting, answered] = await Promise.all([
    db().removalRequest.findMany({ where: { answeredAt: null }, select: cardSelect, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] }),
    db().removalRequest.findMany({ where: { answeredAt: { not: null } }, select: cardSelect, orderBy: [...NEWEST_FIRST], take: ANSWERED_SHOWN }),
  ]);
  return { waiting: waiting.map((row) => cardOf(row, viewer, now)), answered: answered.map((row) => cardOf(row, viewer, now)) };
}

/** How many wait, and how many of these are late; null for whoever may not answer them. */
export async function countRemovals(viewer: Actor, now: Date): Promise<{ waiting: number; late: number } | null> {
  if (!mayAnswerRemovals(viewer)) return null;
  const [waiting, late] = await Promise.all([db().removalRequest.count({ where: { answeredAt: null } }), db().removalRequest.count({ where: { answeredAt: null, dueAt: { lt: now } } })]);
  return { waiting, late };
}
