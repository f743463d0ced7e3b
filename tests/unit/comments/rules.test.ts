import { expect, test } from 'vitest';
import { depthOf, discussionHeading, isByPostAuthor, publishedPath, refusalToComment } from '@/lib/comments/rules';

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
