import { newAnswer, withAnswer } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import type { Result } from '@/lib/result';
import { followBlog } from '@/lib/subscriptions/commands';
import { NO_WISHES, type Wishes } from '@/lib/subscriptions/schema';
import { pageToken } from '@/lib/page-token';
import { makePost, makeUser } from '@/prisma/makers';

export const origin = 'https://blog.example';
export const now = new Date('2026-11-25T20:00:00Z');
export const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
export const GUEST: Actor = { kind: 'guest', writerHash: null };

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** Somebody with an account, who has proven their address unless told otherwise. */
export async function person(role: Role = 'reader', given: Parameters<typeof makeUser>[0] = {}): Promise<Person & { email: string }> {
  const user = await makeUser({ role, emailVerified: now, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email ?? '', role, standing: 'normal', standingUntil: null, writerHash: null };
}

export async function post(title = 'Patience') {
  const author = await makeUser({ role: 'author' });
  return makePost({ authorId: author.id, title, slug: title.toLowerCase(), publishedAt: new Date('2026-11-20T08:00:00Z') });
}

let places = 0;

/** Asks by the form of followers, each from a place of its own on the network. */
export const follow = (email: string, actor: Actor = GUEST, at = now) => followBlog(actor, email, { ip: `10.0.${(places += 1) % 250}.1`, origin }, at);

/** Sends a comment with its wishes. Staff are published at once; a guest waits. */
export async function comment(actor: Actor, slug: string, { email = 'ines@example.com', wishes = NO_WISHES, parent = '', text = `Something said ${newId().slice(-6)}.`, at = now }: { email?: string; wishes?: Wishes; parent?: string; text?: string; at?: Date } = {}) {
  const guest = actor.kind === 'guest' ? { name: 'Ines', email, website: '' } : null;
  const sent = withAnswer(newAnswer({ requestId: 'test', clientIp: '10.9.9.9', origin }), () => submitComment(actor, { post: slug, parent, comment: text, guest, wishes }, '10.9.9.9', at));
  return valueOf(await sent);
}

export const mails = () => db().mail.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
export const mailsTo = async (to: string) => (await mails()).filter((mail) => mail.to === to);
export const subscriber = (email: string) => db().subscriber.findUniqueOrThrow({ where: { email }, include: { threads: true } });
export const tokenOf = async (email: string) => pageToken('subscriber', (await subscriber(email)).id);
export const ALL: Wishes = { comments: { scope: 'all', frequency: 'instant' }, posts: null };
export const REPLIES: Wishes = { comments: { scope: 'replies', frequency: 'instant' }, posts: null };
