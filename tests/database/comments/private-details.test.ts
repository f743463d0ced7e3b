import { beforeEach, expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import type { NewComment } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import type { Actor, Person } from '@/lib/identity/schema';
import { listDetailsOfPost } from '@/lib/posts/private-details';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2099-11-24T20:00:00Z');
const guest: Actor = { kind: 'guest', writerHash: 'a'.repeat(64) };
const PRIVATE = 'My son Jonas Weber is at Lindenhof Primary School. Call me on 0171 2345678.';

const asPerson = (user: { id: string; name: string | null; email: string | null; role: Person['role']; standing: Person['standing'] }): Person => ({
  kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role: user.role, standing: user.standing, standingUntil: null, writerHash: null,
});

let author: Awaited<ReturnType<typeof makeUser>>;
let postId = '';
beforeEach(async () => {
  author = await makeUser({ role: 'author', emailVerified: now });
  postId = (await makePost({ authorId: author.id, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01') })).id;
});

const said = (comment: string, more: Partial<NewComment> = {}): NewComment => ({ post: 'open', parent: '', comment, guest: { name: 'Ines', email: 'ines@example.com', website: '' }, ...more });

async function sendAs(actor: Actor, input: NewComment) {
  const sent = await submitComment(actor, input, '192.0.2.1', now);
  if (!sent.ok) throw new Error(sent.message);
  const event = await db().moderationEvent.findFirstOrThrow({ where: { comment: { publicId: sent.value.id } } });
  return { status: sent.value.status, reasons: event.reasons };
}

test('what stays in is held, and the moderator reads of which kinds it is', async () => {
  const { status, reasons } = await sendAs(guest, said(PRIVATE));
  expect(status).toBe('pending');
  expect(reasons).toEqual([{ rule: 'private-details', kinds: ['child', 'phone'] }]);
});

test('a guest’s comment that shows nothing is held for another reason alone', async () => {
  expect((await sendAs(guest, said('My son Jonas is at school. Call me sometime.'))).reasons).toEqual([{ rule: 'first-comment' }]);
});

test('a trusted person’s comment is held too, and another of theirs is not', async () => {
  const trusted = asPerson(await makeUser({ standing: 'trusted', emailVerified: now }));
  expect(await sendAs(trusted, said(PRIVATE, { guest: null }))).toEqual({ status: 'pending', reasons: [{ rule: 'private-details', kinds: ['child', 'phone'] }] });
  const other = asPerson(await makeUser({ standing: 'trusted', emailVerified: now }));
  expect((await submitComment(other, said('My son Jonas is at school.', { guest: null }), '192.0.2.2', now))).toMatchObject({ ok: true, value: { status: 'approved' } });
});

test('whoever runs the blog speaks as they like', async () => {
  expect(await sendAs(asPerson(author), said('Write to me at anna@example.com.', { guest: null }))).toEqual({ status: 'approved', reasons: [{ rule: 'staff' }] });
});

test('of a pseudonym the reason tells kinds, and no word of the text or the person', async () => {
  const reader = asPerson(await makeUser({ name: 'Ruth Known', email: 'ruth@example.com', emailVerified: now }));
  const { status, reasons } = await sendAs(reader, said(PRIVATE, { guest: null, pseudonym: 'Night Owl' }));
  expect(status).toBe('pending');
  expect(reasons).toEqual([{ rule: 'private-details', kinds: ['child', 'phone'] }, { rule: 'pseudonym' }]);
});

test('an address in the target of a link counts as shown', async () => {
  expect((await sendAs(guest, said('[Write to me](mailto:jane@example.com)'))).reasons).toContainEqual({ rule: 'private-details', kinds: ['email'] });
});

test('what a post shows is listed with the words around it, to its author and owners, and to nobody else: who moderates comments reads no drafts', async () => {
  await db().post.update({ where: { id: postId }, data: { html: '<p>Thank you for the many letters of the last years. Write to <em>anna@example.com</em> if you like, or do not: all is well, and the next post comes soon enough.</p><p>See room 12.</p>' } });
  const shown = [{ kind: 'email', shown: 'anna@example.com', before: '…letters of the last years. Write to ', after: ' if you like, or do not: all is well,…' }];
  const [owner, moderator] = [asPerson(await makeUser({ role: 'owner', emailVerified: now })), asPerson(await makeUser({ role: 'moderator', emailVerified: now }))];
  const otherAuthor = asPerson(await makeUser({ role: 'author', emailVerified: now }));
  expect(await listDetailsOfPost(postId, asPerson(author))).toEqual(shown);
  expect(await listDetailsOfPost(postId, owner)).toEqual(shown);
  for (const viewer of [otherAuthor, moderator, guest]) expect(await listDetailsOfPost(postId, viewer)).toEqual([]);
});

test('a post that shows nothing, or is not there, lists nothing', async () => {
  await db().post.update({ where: { id: postId }, data: { html: '<p>See room 12 of the Oak Street school.</p>' } });
  expect(await listDetailsOfPost(postId, asPerson(author))).toEqual([]);
  expect(await listDetailsOfPost('01900000-0000-7000-8000-000000000000', asPerson(author))).toEqual([]);
});
