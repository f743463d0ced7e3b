import { render, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { Discussion } from '@/components/comments/discussion';
import { WaitingComments } from '@/components/comments/waiting-comments';
import type { CommentNode, CommentView, DiscussionView } from '@/lib/comments/schema';
import { storedHtml, type SafeHtml } from '@/lib/text/safe-html';

const site = { language: 'en', timeZone: 'UTC' };
const post = { kind: 'post' as const, slug: 'a-post', title: 'Patience', approvedCount: 2, commentsOpen: true, helpline: null as SafeHtml | null };
const at = new Date('2016-05-13T10:00:00Z');

const comment = (id: string, name: string, more: Partial<CommentView> = {}): CommentView => ({
  kind: 'comment', id, legacyNumber: null, depth: 1, name, picture: null, website: null, isPostAuthor: false, createdAt: at, isEdited: false, revision: 1,
  html: storedHtml('<p>Text</p>'), inReplyTo: null, replies: [], ...more,
});

function show(threads: CommentNode[], more: Partial<DiscussionView> = {}, given: Partial<typeof post> = {}) {
  render(
    <Discussion post={{ ...post, ...given }} site={site} discussion={{ page: 1, pages: 1, threads, mentions: [], ...more }}>
      <p>The box</p>
    </Discussion>,
  );
}

test('comments are articles in an ordered list, in a region named by its heading', () => {
  show([comment('aaaaaaaaaaaa', 'Ines', { replies: [comment('bbbbbbbbbbbb', 'Marlene', { isPostAuthor: true, depth: 2 })] })]);
  const region = screen.getByRole('region', { name: '2 thoughts on “Patience”' });
  const [first, second] = within(region).getAllByRole('article');
  expect(first?.id).toBe('comment-aaaaaaaaaaaa');
  expect(first?.closest('ol')).not.toBeNull();
  expect(second?.closest('ol')?.parentElement?.closest('ol')).not.toBeNull();
  expect(within(second!).getByText('Author')).toBeTruthy();
  expect(within(first!).queryByText('Author')).toBeNull();
  expect(within(first!).getByText('13 May 2016').getAttribute('datetime')).toBe('2016-05-13T10:00:00.000Z');
  expect(within(first!).getByRole('link', { name: 'Reply to Ines' }).getAttribute('href')).toBe('/posts/a-post/reply/aaaaaaaaaaaa');
});

test('a reader’s site is linked without vouching for it', () => {
  show([comment('aaaaaaaaaaaa', 'Ruth', { website: 'https://example.org' })]);
  expect(screen.getByRole('link', { name: 'Ruth' }).getAttribute('rel')).toBe('nofollow ugc noopener');
});

test('an empty anchor is a place, not a comment, and keeps its replies', () => {
  show([{ kind: 'anchor', id: 'cccccccccccc', legacyNumber: 7, depth: 1, replies: [comment('bbbbbbbbbbbb', 'Jonas', { depth: 2 })] }]);
  expect(screen.getAllByRole('article')).toHaveLength(1);
  expect(document.getElementById('comment-cccccccccccc')).not.toBeNull();
  expect(document.getElementById('comment-7')).not.toBeNull();
});

test('a deep reply says whom it answers', () => {
  show([comment('aaaaaaaaaaaa', 'Jonas', { inReplyTo: { id: 'dddddddddddd', name: 'Ines' } })]);
  expect(screen.getByRole('article').textContent).toContain('in reply to Ines');
});

test('mentions stand apart, in a list of their name', () => {
  show([], { mentions: [{ id: 'eeeeeeeeeeee', legacyNumber: 107, name: 'Another blog', website: 'https://example.org/post', createdAt: at, way: null, text: '' }] }, { approvedCount: 0 });
  expect(screen.getByRole('region', { name: 'No thoughts yet on “Patience”' })).toBeTruthy();
  expect(within(screen.getByRole('list', { name: 'Mentions' })).getByRole('link', { name: 'Another blog' })).toBeTruthy();
  expect(document.getElementById('comment-107')).not.toBeNull();
});

test('a mention that came by Webmention says how and what, its words as words', () => {
  show([], { mentions: [{ id: 'eeeeeeeeeeee', legacyNumber: null, name: 'Ruth', website: 'https://ruth.example/1', createdAt: at, way: 'reply', text: '<b>So true</b>' }] });
  const item = within(screen.getByRole('list', { name: 'Mentions' })).getByRole('listitem');
  expect(item.textContent).toContain('Ruth replied');
  expect(item.querySelector('p')?.textContent).toBe('<b>So true</b>');
  expect(within(item).getByRole('link', { name: 'Ruth' }).getAttribute('rel')).toBe('nofollow ugc noopener');
});

test('a long discussion leads to its other pages', () => {
  show([comment('aaaaaaaaaaaa', 'Ines')], { page: 2, pages: 3 });
  expect(screen.getByRole('link', { name: 'Older comments' }).getAttribute('href')).toBe('/posts/a-post#comments');
  expect(screen.getByRole('link', { name: 'Newer comments' }).getAttribute('href')).toBe('/posts/a-post/comments/3#comments');
});

test('a closed post offers no reply', () => {
  show([comment('aaaaaaaaaaaa', 'Ines')], {}, { commentsOpen: false });
  expect(screen.queryByRole('link', { name: 'Reply to Ines' })).toBeNull();
});

test('a held comment carries its calm sentence as a status', () => {
  render(<WaitingComments site={site} post={{ slug: 'patience', commentsOpen: true }} comments={[{ id: 'ffffffffffff', parentId: null, parentName: 'Ines', name: 'Nora', picture: null, createdAt: at, html: storedHtml('<p>Hi</p>'), declined: null }]} />);
  expect(screen.getByRole('status').textContent).toBe('Your comment is awaiting moderation. A person reads it before it appears. You can see it here until then.');
});

describe('a declined comment', () => {
  const declined = { id: 'ffffffffffff', parentId: 'aaaaaaaaaaaa', parentName: null, name: 'Nora', picture: null, createdAt: at, html: storedHtml('<p>Hi</p>'), declined: { reason: 'offTopic' as const, words: 'Thank you.\nAnother post, please.' } };
  const post = { slug: 'patience', commentsOpen: true };

  test('says that it was not published, why, and where to say it again', () => {
    render(<WaitingComments site={site} post={post} comments={[declined]} />);
    const article = within(screen.getByRole('list', { name: 'Your comments that readers do not see' })).getByRole('article');
    expect(article.textContent).toContain('Your comment was not published. Nobody else sees it. The reason: about something else.');
    expect(article.textContent).toContain('Another post, please.');
    expect(within(article).getByRole('link', { name: 'Say it in other words' }).getAttribute('href')).toBe('/posts/patience/reply?reword=ffffffffffff');
    expect(screen.queryByText(/awaiting moderation/)).toBeNull();
  });

  test('that answered somebody is said again there, as long as readers see what it answered', () => {
    render(<WaitingComments site={site} post={post} comments={[{ ...declined, parentName: 'Ines' }]} />);
    expect(screen.getByRole('link', { name: 'Say it in other words' }).getAttribute('href')).toBe('/posts/patience/reply/aaaaaaaaaaaa?reword=ffffffffffff');
  });

  test('invites nobody where comments are closed', () => {
    render(<WaitingComments site={site} post={{ ...post, commentsOpen: false }} comments={[declined]} />);
    expect(screen.queryByRole('link', { name: 'Say it in other words' })).toBeNull();
  });
});

test('where to find help stands in front of all that is said', () => {
  show([comment('aaaaaaaaaaaa', 'Ines')], {}, { helpline: storedHtml('<p>Call.</p>') });
  const region = screen.getByRole('region', { name: '2 thoughts on “Patience”' });
  expect(region.firstElementChild).toBe(within(region).getByRole('note'));
});
