import { expect, test } from 'vitest';
import { depthOf, discussionHeading, discussionPath, isByPostAuthor, parseDiscussionPlace, publishedPath, refusalToComment } from '@/lib/comments/rules';

const open = { id: 'p', isPublic: true, commentsOpen: true };
const parent = { postId: 'p', isVisible: true };

test.each([
  ['an open post', false, open, undefined, null],
  ['a reply to a visible comment of the post', false, open, parent, null],
  ['a post that is not there', false, null, undefined, 'not-found'],
  ['a post that is not public', false, { ...open, isPublic: false }, undefined, 'not-found'],
  ['a closed post', false, { ...open, commentsOpen: false }, undefined, 'forbidden'],
  ['somebody who is shut out', true, open, undefined, 'forbidden'],
  ['a reply to nothing', false, open, null, 'invalid'],
  ['a reply to a hidden comment', false, open, { ...parent, isVisible: false }, 'invalid'],
  ['a reply to a comment of another post', false, open, { ...parent, postId: 'q' }, 'invalid'],
] as const)('%s', (_, isShutOut, post, answered, code) => {
  expect(refusalToComment(isShutOut, post, answered)?.code ?? null).toBe(code);
});

test.each([
  [null, 1],
  [1, 2],
  [4, 5],
  [5, 5],
])('below depth %s stands depth %s', (above, depth) => {
  expect(depthOf(above)).toBe(depth);
});

test.each([
  [0, 'No thoughts yet on “Patience”'],
  [1, '1 thought on “Patience”'],
  [2, '2 thoughts on “Patience”'],
  [1234, '1,234 thoughts on “Patience”'],
])('%s comments are headed', (count, heading) => {
  expect(discussionHeading(count, 'Patience')).toBe(heading);
});

test.each([
  ['its own author', { id: 'a', role: 'author' }, true, true],
  ['another author', { id: 'b', role: 'author' }, true, false],
  ['the owner on a post whose author claimed it', { id: 'o', role: 'owner' }, true, false],
  ['the owner on a post whose author has not', { id: 'o', role: 'owner' }, false, true],
  ['a guest', null, false, false],
] as const)('%s carries Author: as the table says', (_, writer, authorIsClaimed, expected) => {
  expect(isByPostAuthor(writer, { authorId: 'a', authorIsClaimed })).toBe(expected);
});

test('a published comment is led to with a sign for script before the anchor', () => {
  expect(publishedPath('/posts/a/comments/2#comment-x', 'x')).toBe('/posts/a/comments/2?published=x#comment-x');
});

test.each([
  [['2'], { page: 2, order: 'oldest' }],
  [['1'], { page: 1, order: 'oldest' }],
  [['newest'], { page: 1, order: 'newest' }],
  [['newest', '3'], { page: 3, order: 'newest' }],
  [[], null], [[''], null], [['0'], null], [['02'], null], [['-1'], null], [['oldest'], null], [['newest', 'x'], null], [['newest', ''], null], [['2', '3'], null], [['newest', '2', '3'], null], [['NEWEST'], null],
] as const)('below …/comments, %j is %j', (segments, place) => {
  expect(parseDiscussionPlace(segments)).toEqual(place);
});

test.each(['oldest', 'newest'] as const)('every part of a discussion from the %s on has an address that leads back to it', (order) => {
  for (const page of [1, 2, 41]) {
    const [, rest] = discussionPath({ kind: 'post', slug: 'a' }, page, order).split('/comments/');
    if (rest) expect(parseDiscussionPlace(rest.split('/'))).toEqual({ page, order });
    else expect([page, order]).toEqual([1, 'oldest']);
  }
});
