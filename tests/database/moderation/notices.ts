import { db } from '@/lib/db/client';
import type { Person, Role, Standing } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { sendHeldNotices } from '@/lib/moderation/held-notices';
import type { Reason } from '@/lib/moderation/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';

export const now = new Date('2026-11-25T12:00:00Z');
export const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
export const ORIGIN = 'https://blog.example';

type Given = { name?: string; email?: string; standing?: Standing; heldNotices?: boolean; proven?: boolean };

/** Somebody with this role, as an actor, who is told of what waits unless told otherwise. */
export async function teller(role: Role, { proven = true, ...given }: Given = {}): Promise<Person & { email: string }> {
  const user = await makeUser({ role, name: `The ${role}`, emailVerified: proven ? now : null, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email ?? '', role, standing: user.standing, standingUntil: null, writerHash: null };
}

type GivenComment = Partial<Parameters<typeof makeComment>[0]> & { postId: string; at?: Date; reasons?: Reason[] };

/** A comment that came to Pending just now, as submitComment leaves it. */
export async function heldComment({ at = now, reasons = [{ rule: 'first-comment' }], ...given }: GivenComment) {
  const comment = await makeComment({ status: 'pending', createdAt: at, ...given });
  await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'submit', toStatus: 'pending', reasons, createdAt: at } });
  return comment;
}

/** A blog with an owner, and a post of theirs. */
export async function scene() {
  const owner = await teller('owner', { email: 'owner@example.com' });
  const post = await makePost({ authorId: owner.userId, title: 'Slow mornings', slug: 'slow-mornings', publishedAt: new Date('2026-11-01T08:00:00Z') });
  return { owner, post };
}

/** Does the job of a comment that was held. */
export const tellOf = (comment: { id: string }, at = now) => sendHeldNotices({ comment: comment.id, origin: ORIGIN }, at);

/** The mails to an address, oldest first. */
export const mailsTo = (to: string) => db().mail.findMany({ where: { to }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

/** The tokens of the links in a mail, in order. */
export const tokensIn = (text: string): string[] => [...text.matchAll(/\/decide\?token=([\w-]+)/g)].map(([, token]) => token ?? '');

/** The token by which a person decides on a comment: from the mail that tells them of it. */
export async function tokenFor(person: { email: string }, comment: { id: string }, at = now): Promise<string> {
  await tellOf(comment, at);
  const [token] = tokensIn((await mailsTo(person.email)).at(-1)?.text ?? '');
  if (token === undefined) throw new Error(`No link was sent to ${person.email}.`);
  return token;
}
