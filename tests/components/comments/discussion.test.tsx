import { render, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { Discussion } from '@/components/comments/discussion';
import { WaitingComments } from '@/components/comments/waiting-comments';
import type { CommentNode, CommentView, DiscussionView } from '@/lib/comments/schema';
import { storedHtml, type SafeHtml } from '@/lib/text/safe-html';

const site = { language: 'en', timeZone: 'UTC', quotesComments: true };
const post = { kind: 'post' as const, slug: 'a-post', title: 'Patience', approvedCount: 2, commentsOpen: true, helpline: null as SafeHtml | null };
const at = new Date('2016-05-13T10:00:00Z');

const comment = (id: string, name: string, more: Partial<CommentView> = {}): CommentView => ({
  kind: 'comment', id, legacyNumber: null, depth: 1, name, picture: null, website: null, isPostAuthor: false, createdAt: at, isEdited: false, revision: 1,
  html: storedHtml('<p>Text</p>'), inReplyTo: null, place: null, replies: [], ...more,
});

function show(threads: CommentNode[], more: Partial<DiscussionView> = {}, given: Partial<typeof post> = {}) {
  return render(
    <Discussion post={{ ...post, ...given }} site={site} discussion={{ page: 1, order: 'oldest', pages: 1, threads, mentions: [], newest: null, ...more }}>
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
  show([{ kind: 'anchor', id: 'cccccccccccc', legacyNumber: 7, depth: 1, isWithdrawn: false, replies: [comment('bbbbbbbbbbbb', 'Jonas', { depth: 2 })] }]);
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

test('from the newest on, the further pages are the older ones, in the same order', () => {
  show([comment('aaaaaaaaaaaa', 'Ines')], { page: 2, pages: 3, order: 'newest', newest: 'zzzzzzzzzzzz' });
  expect(screen.getByRole('link', { name: 'Newer comments' }).getAttribute('href')).toBe('/posts/a-post/comments/newest#comments');
  expect(screen.getByRole('link', { name: 'Older comments' }).getAttribute('href')).toBe('/posts/a-post/comments/newest/3#comments');
  const orders = within(screen.getByRole('group', { name: 'Order of the threads' })).getAllByRole('link');
  expect(orders.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('aria-current')])).toEqual([
    ['Oldest first', '/posts/a-post#comments', null],
    ['Newest first', '/posts/a-post/comments/newest#comments', 'true'],
  ]);
});

test('the newest comment is one step away, here or on another page', () => {
  const jump = () => screen.getByRole('link', { name: 'Jump to the newest comment' }).getAttribute('href');
  const { unmount } = show([comment('aaaaaaaaaaaa', 'Ines', { replies: [comment('bbbbbbbbbbbb', 'Jonas')] })], { newest: 'bbbbbbbbbbbb' });
  expect(jump()).toBe('#comment-bbbbbbbbbbbb');
  unmount();
  show([comment('aaaaaaaaaaaa', 'Ines')], { newest: 'bbbbbbbbbbbb', pages: 2 });
  expect(jump()).toBe('/comments/bbbbbbbbbbbb');
});

test('one comment alone has no order and no newest', () => {
  show([comment('aaaaaaaaaaaa', 'Ines')]);
  expect(screen.queryByText('Newest first')).toBeNull();
  expect(screen.queryByText('Jump to the newest comment')).toBeNull();
});

test('one thread alone has no order', () => {
  show([comment('aaaaaaaaaaaa', 'Ines', { replies: [comment('bbbbbbbbbbbb', 'Jonas')] })], { newest: 'bbbbbbbbbbbb' });
  expect(screen.queryByText('Newest first')).toBeNull();
});

test('a reply says to whom, which of how many, and how deep, and its article is named so', () => {
  const reply = comment('bbbbbbbbbbbb', 'Jonas', { depth: 3, place: { at: 2, of: 4, to: 'Ines', level: 3 } });
  const toHidden = comment('cccccccccccc', 'Ruth', { depth: 2, place: { at: 1, of: 1, to: null, level: 2 } });
  show([comment('aaaaaaaaaaaa', 'Ines', { replies: [reply, toHidden] })]);
  expect(screen.getByRole('article', { name: 'Reply 2 of 4 to Ines, level 3. Jonas 13 May 2016' })).toBeTruthy();
  expect(screen.getByRole('article', { name: /^Reply 1 of 1 to a comment that is not shown, level 2\. Ruth/ })).toBeTruthy();
  expect(screen.getByRole('article', { name: 'Ines 13 May 2016' })).toBeTruthy();
});

test('a whole thread can be folded away, and says how much there is', () => {
  const deep = comment('bbbbbbbbbbbb', 'Jonas', { replies: [comment('cccccccccccc', 'Ruth')] });
  show([comment('aaaaaaaaaaaa', 'Ines', { replies: [deep, { kind: 'anchor', id: 'dddddddddddd', legacyNumber: null, depth: 2, isWithdrawn: false, replies: [] }] })]);
  const folds = screen.getAllByRole('group');
  expect(folds.map((fold) => [(fold as HTMLDetailsElement).open, fold.querySelector('summary')?.textContent])).toEqual([[true, '2 replies']]);
  expect(within(folds[0]!).getAllByRole('article')).toHaveLength(2);
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
