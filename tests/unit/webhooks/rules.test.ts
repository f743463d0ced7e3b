import { expect, test } from 'vitest';
import { payloadOf, type ToldComment, type ToldPost } from '@/lib/webhooks/payload';
import { deliveryState, nextTryAfter, outcomeOf, RETRY_SECONDS } from '@/lib/webhooks/rules';
import { newWebhookSchema } from '@/lib/webhooks/schema';

const now = new Date('2026-11-27T12:00:00Z');
const seconds = (at: Date | null) => at && (at.getTime() - now.getTime()) / 1000;

test('tries come further and further apart, for about a day, and then end', () => {
  const waits = RETRY_SECONDS.map((_, index) => seconds(nextTryAfter(index + 1, null, now)));
  expect(waits).toEqual([...RETRY_SECONDS]);
  expect(waits).toEqual([...waits].sort((one, other) => Number(one) - Number(other)));
  const hours = RETRY_SECONDS.reduce((sum, one) => sum + one, 0) / 3600;
  expect([hours > 20, hours < 28]).toEqual([true, true]);
  expect(nextTryAfter(RETRY_SECONDS.length + 1, null, now)).toBeNull();
});

test.each([[1, 90, 90], [1, 1, 5], [4, 60, 1800], [1, 1e9, 8 * 3600]])('after try %i a receiver that asks for %i seconds is given %i', (tries, asked, given) => {
  expect(seconds(nextTryAfter(tries, asked, now))).toBe(given);
});

test.each([[200, null], [204, null], [299, null], [301, 'refused'], [307, 'refused'], [400, 'refused'], [410, 'refused'], [500, 'refused'], [0, 'refused']] as const)('an answer %i means %s', (status, failure) => {
  expect(outcomeOf(status, null)).toEqual({ failure, answer: status, retryAfterSeconds: null });
});

const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
test.each([
  [{ deliveredAt: now, nextTryAt: null }, 'delivered'], [{ deliveredAt: null, nextTryAt: null }, 'dead'],
  [{ deliveredAt: null, nextTryAt: at(5) }, 'waiting'], [{ deliveredAt: null, nextTryAt: at(-59) }, 'waiting'], [{ deliveredAt: null, nextTryAt: at(-61) }, 'lost'],
] as const)('of a delivery %o it is said: %s', (sent, state) => {
  expect(deliveryState(sent, now)).toBe(state);
});

test.each([
  'http://hooks.example/a', 'ftp://hooks.example/a', 'javascript:alert(1)', 'hooks.example', '', '  ', 'https://', `https://hooks.example/${'a'.repeat(2000)}`, 42, null, undefined,
])('“%s” is no address of a webhook', (url) => {
  expect(newWebhookSchema.safeParse({ url, events: ['commentCreated'] }).success).toBe(false);
});

test('an address is kept as browsers write it, and only events that are offered', () => {
  expect(newWebhookSchema.parse({ url: ' HTTPS://Hooks.Example/a b ', events: ['postPublished'] })).toEqual({ url: 'https://hooks.example/a%20b', events: ['postPublished'] });
  for (const events of [[], ['test'], ['x'], 'commentCreated', undefined]) expect(newWebhookSchema.safeParse({ url: 'https://hooks.example/', events }).success).toBe(false);
});

const post: ToldPost = { kind: 'post', slug: 'a-day', title: 'A day', excerpt: 'Of words.', publishedAt: now, isOpen: true };
const comment: ToldComment = { publicId: 'abcdefghjkmn', kind: 'comment', name: 'Ida', html: '<p>So <em>true</em>.</p>', createdAt: now, parent: { publicId: 'zzzzzzzzzzzz' }, edits: null, post };
const message = { at: now, origin: 'https://blog.example' };

test('a comment is told of with its public facts, in this form for good', () => {
  const told = payloadOf({ event: 'commentDecided', ...message, facts: { status: 'approved', from: 'pending', decision: 'approve', reasons: [] } }, { comment });
  expect(JSON.parse(told)).toEqual({
    type: 'comment.decided', timestamp: '2026-11-27T12:00:00.000Z',
    data: {
      decision: 'approve', from: 'pending', reasons: [],
      comment: {
        id: 'abcdefghjkmn', kind: 'comment', url: 'https://blog.example/comments/abcdefghjkmn', status: 'approved', author: 'Ida', html: '<p>So <em>true</em>.</p>', text: 'So true.',
        createdAt: '2026-11-27T12:00:00.000Z', inReplyTo: 'zzzzzzzzzzzz', changes: null,
      },
      post: { slug: 'a-day', title: 'A day', url: 'https://blog.example/posts/a-day' },
    },
  });
});

test('a post is told of by its title and excerpt', () => {
  expect(JSON.parse(payloadOf({ event: 'postPublished', ...message, facts: { reasons: [] } }, { post }))).toEqual({
    type: 'post.published', timestamp: '2026-11-27T12:00:00.000Z',
    data: { post: { slug: 'a-day', title: 'A day', url: 'https://blog.example/posts/a-day', excerpt: 'Of words.', publishedAt: '2026-11-27T12:00:00.000Z' } },
  });
});

test('of a post that not everybody may read no word leaves, nor of what is said below it', () => {
  const secret = { ...post, title: 'Secret title', excerpt: 'Secret words.', isOpen: false };
  const told = payloadOf({ event: 'commentCreated', ...message, facts: { status: 'approved', reasons: ['trusted'] } }, { comment: { ...comment, html: '<p>Secret talk.</p>', post: secret } });
  expect(told + payloadOf({ event: 'postPublished', ...message, facts: { reasons: [] } }, { post: secret })).not.toMatch(/secret/i);
  expect(JSON.parse(told)).toMatchObject({ data: { comment: { html: null, text: null, author: 'Ida' }, post: { title: null, slug: 'a-day' } } });
});

test('of a deleted comment neither name nor words are told', () => {
  const told = payloadOf({ event: 'commentDecided', ...message, facts: { status: 'deleted', from: 'trash', decision: 'delete', reasons: [] } }, { comment: { ...comment, name: '', html: '' } });
  expect(JSON.parse(told)).toMatchObject({ data: { decision: 'delete', comment: { author: null, html: null, text: null, status: 'deleted' } } });
});

test('a test tells of nothing', () => {
  expect(JSON.parse(payloadOf({ event: 'test', ...message, facts: { reasons: [] } }, null))).toEqual({ type: 'webhook.test', timestamp: '2026-11-27T12:00:00.000Z', data: {} });
});
