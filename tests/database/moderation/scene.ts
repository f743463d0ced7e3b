import { db } from '@/lib/db/client';
import type { Person, Role, Standing } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import type { Queue, QueueFilter, Sort } from '@/lib/moderation/schema';
import { makeUser } from '@/prisma/makers';

export const now = new Date('2026-11-25T12:00:00Z');
export const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);

/** Somebody with this role, as an actor. */
export async function person(role: Role, given: { name?: string; email?: string | null; standing?: Standing } = {}): Promise<Person> {
  const user = await makeUser({ role, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: user.standing, standingUntil: null, writerHash: null };
}

export const makePseudonym = (userId: string, postId: string, name: string) => db().pseudonym.create({ data: { id: newId(), userId, postId, name, createdAt: daysAgo(5) } });

type Asked = Partial<QueueFilter> & { queue: Queue };

/** What a queue holds, asked for by what it is narrowed by. */
export const viewOf = (viewer: Person, asked: Asked, sort: Sort = 'newest', after: string | null = null) => findQueue(viewer, { ...wholeQueue(asked.queue), ...asked }, sort, after, null, now);
export const textsIn = async (viewer: Person, asked: Asked, sort?: Sort) => (await viewOf(viewer, asked, sort)).cards.map(({ html }) => html.replace(/<[^>]*>/g, '').trim());
