import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchComments } from '@/lib/comments/search';
import type { Person } from '@/lib/identity/schema';
import { findQueue } from '@/lib/moderation/queries';
import { queueFilterSchema } from '@/lib/moderation/schema';
import { searchPosts } from '@/lib/posts/search';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { hostileText } from '@/tests/unit/text/hostile';

useDatabase();
const now = new Date('2026-01-01T12:00:00Z');
const OPERATORS = ['"', "'", '\\', ':', '*', '&', '|', '!', '(', ')', '<->', '<2>', '-', ' or ', ' OR ', ':*A', '::tsquery', '%', '_', '$1', '${x}', "');--", '\u0000', '\ud800', '\u0301', 'ß', 'İ', '️', 'a'.repeat(300)];
const asked = fc.oneof(
  hostileText,
  fc.array(fc.oneof(fc.constantFrom(...OPERATORS), fc.constantFrom('sea', 'night', 'café', 'sleeps'), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 }).map((parts) => parts.join('')),
);

test('a search of readers, of comments or of the queue answers whatever is asked, and finds a word that is there in any company of signs', { timeout: 240_000 }, async () => {
  const author = await makeUser({ role: 'owner' });
  const post = await makePost({ authorId: author.id, title: 'By the sea', source: '<p>A night at the café.</p>', publishedAt: new Date('2020-01-01T00:00:00Z') });
  await makeComment({ postId: post.id, name: 'Ida', source: 'She sleeps by the sea.', createdAt: new Date('2020-01-02T00:00:00Z') });
  const viewer: Person = { kind: 'person', userId: author.id, name: 'Owner', isNamed: true, email: null, role: 'owner', standing: 'normal', standingUntil: null, writerHash: null };
  await fc.assert(fc.asyncProperty(asked, fc.integer({ min: 1, max: 3 }), async (words, page) => {
    const [posts, comments, queue] = [await searchPosts(words, page, 10, now), await searchComments(words, page, 10, now), await findQueue(viewer, queueFilterSchema.parse({ q: words, queue: 'all' }), 'newest', null, null, now)];
    expect([posts, comments, queue].every((one) => one !== undefined)).toBe(true);
  }), { numRuns: 150 });
  await fc.assert(fc.asyncProperty(fc.constantFrom('&', '|', '!', ':', '*', '(', ')', '%', "'", '\\', '.', ',', '…'), fc.constantFrom('&', '|', ':', '*', '(', ')', '%', '.', ',', '…'), async (before, after) => {
    const found = await searchPosts(`${before} sea ${after}`, 1, 10, now);
    expect(found !== null && typeof found === 'object' ? found.hits.length : found).toBe(1);
  }), { numRuns: 40 });
});
