import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { DeskPostsScreen } from '@/components/posts/desk-posts-screen';
import { DiscussionScreen } from '@/components/posts/discussion-screen';
import type { DeskDiscussion } from '@/lib/posts/desk';
import { deskFilterSchema, type DeskDoneView } from '@/lib/posts/desk-filter';
import type { DeskLine } from '@/lib/posts/desk-list';
import { NOTHING_SAVED, type DiscussionState } from '@/lib/posts/schema';

const site = { language: 'en', timeZone: 'Europe/Berlin' };
const counts = { pending: 1, approved: 2, spam: 0, trash: 0, all: 3 };
const signOut = () => Promise.resolve();
const never = { at: null, afterDays: null };

const line: DeskLine = {
  path: '/posts/cups', isInTrash: false, isKeptAtTop: false, isAhead: false, editedBy: [],
  id: 'one', kind: 'post', slug: 'cups', title: 'The blue cup', author: 'Marja', state: 'published', at: new Date('2026-11-01T10:00:00Z'), isDated: true, approved: 0, waiting: 0, care: 'open', commentsOpen: true, closing: never,
};
const whole: DeskDiscussion = { ...line, path: '/posts/cups', helpline: '', chosen: 'rule', day: '', ruled: never, sensitiveEnd: new Date('2026-12-09T23:00:00Z'), mark: 'the mark' };

const inTabs = { all: 2, published: 1, drafts: 1, scheduled: 0, private: 0, trash: 3 };
const acts = { trash: signOut, restore: signOut, deleteForGood: signOut };
const showList = (posts: DeskLine[], role: 'author' | 'owner' = 'author', more = {}, asked = {}, done: DeskDoneView = null) =>
  render(<DeskPostsScreen view={{ posts, page: 1, hasMore: false, counts: inTabs, isByTitle: false, ...more }} filter={deskFilterSchema.parse(asked)} done={done} acts={acts} counts={counts} site={site} person={{ userId: 'u', name: 'Marja', role }} signOut={signOut} />);

const showForm = (given: Partial<DeskDiscussion> = {}, closeAfterDays = 0, action: (state: DiscussionState, form: FormData) => Promise<DiscussionState> = async () => NOTHING_SAVED) =>
  render(<DiscussionScreen post={{ ...whole, ...given }} rules={{ closeAfterDays, sensitiveFloodSeconds: 120 }} counts={counts} site={site} person={{ userId: 'u', name: 'Marja', role: 'author' }} action={action} signOut={signOut} />);

test('each post is a line that leads to its editor and its discussion, every number a link to what it counts', () => {
  showList([{ ...line, approved: 3, waiting: 1, care: 'sensitive', closing: { at: new Date('2026-12-03T23:00:00Z'), afterDays: null } }]);
  const row = screen.getByRole('article', { name: 'The blue cup' });
  expect(within(row).getByRole('link', { name: 'The blue cup' }).getAttribute('href')).toBe('/admin/posts/one');
  expect(within(row).getByRole('link', { name: 'Discussion of “The blue cup”' }).getAttribute('href')).toBe('/admin/posts/one/discussion');
  expect(within(row).getByRole('link', { name: 'View “The blue cup”' }).getAttribute('href')).toBe('/posts/cups');
  expect(within(row).getByRole('link', { name: '3 comments' }).getAttribute('href')).toBe('/admin/comments?queue=approved&post=cups');
  expect(within(row).getByRole('link', { name: '1 waiting' }).getAttribute('href')).toBe('/admin/comments?queue=pending&post=cups');
  expect(row.textContent).toContain('Published');
  expect(row.textContent).toContain('1 November 2026');
  expect(row.textContent).toContain('SensitiveOpen, closes on 3 December 2026');
  expect(screen.getByRole('link', { name: 'Posts', current: 'page' })).toBeTruthy();
});

test.each<[string, Partial<DeskLine>, string]>([
  ['a post without a title', { title: '' }, 'A post without a title'],
  ['a page', { kind: 'page' }, 'Takes no comments'],
  ['a draft', { state: 'draft' }, 'Draft'],
  ['a private one', { state: 'private' }, 'Private'],
  ['one that is to come', { state: 'scheduled' }, 'Scheduled'],
  ['one that was closed', { commentsOpen: false }, 'Closed'],
  ['one that closed by itself', { commentsOpen: false, closing: { at: new Date('2026-11-20T23:00:00Z'), afterDays: 20 } }, 'Closed on 20 November 2026'],
  ['one that is kept at the top', { isKeptAtTop: true }, 'Kept at the top'],
  ['one that is changed', { isAhead: true }, 'Has unpublished changes'],
  ['one that somebody has open', { editedBy: ['Anna', 'Olga'] }, 'Anna and Olga have it open now'],
  ['one on which nobody has said anything', {}, 'No comments'],
])('%s says so', (_what, given, words) => {
  showList([{ ...line, ...given }]);
  expect(screen.getByRole('article').textContent).toContain(words);
});

test('only an owner is told whose a post is, and an empty list says so', () => {
  showList([line]);
  expect(screen.getByRole('article').textContent).not.toContain('Marja');
  showList([line], 'owner');
  expect(screen.getAllByRole('article')[1]?.textContent).toContain('Marja');
  showList([]);
  expect(screen.getByText('No posts yet.')).toBeTruthy();
});

test('a long list has further pages', () => {
  showList([line], 'author', { page: 2, hasMore: true });
  const pages = within(screen.getByRole('navigation', { name: 'Pages of posts' }));
  expect(pages.getByRole('link', { name: 'Newer posts' }).getAttribute('href')).toBe('/admin/posts');
  expect(pages.getByRole('link', { name: 'Older posts' }).getAttribute('href')).toBe('/admin/posts?page=3');
});

test('each choice says what it means, for this post', () => {
  showForm({ ruled: { at: new Date('2026-12-01T10:00:00Z'), afterDays: 30 }, chosen: 'date', day: '2026-12-03', care: 'careful', helpline: 'Call 116 123.' }, 30);
  const means = (name: string) => document.getElementById(screen.getByRole('radio', { name }).getAttribute('aria-describedby') ?? '')?.textContent;
  const level = within(screen.getByRole('group', { name: 'Care level' }));
  expect(level.getAllByRole<HTMLInputElement>('radio').map(({ value, checked }) => [value, checked])).toEqual([['open', false], ['careful', true], ['sensitive', false]]);
  expect(means('Careful')).toBe('A person reads every comment first, but for those by people you trust.');
  expect(means('Sensitive')).toBe('A person reads every comment first, whoever writes it, and one writer waits 2 minutes between two. Unless you choose otherwise below, comments close on 9 December 2026.');
  expect(means('By the blog’s rule')).toBe('Comments close 30 days after a post comes out: this one’s on 1 December 2026.');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'On a date' }).checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>('Last day for comments').value).toBe('2026-12-03');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Where readers find help (optional)' }).value).toBe('Call 116 123.');
  expect(screen.getByRole('link', { name: 'View on the blog' }).getAttribute('href')).toBe('/posts/cups');
});

test('without a rule of days, and for a draft, it says that', () => {
  showForm({ state: 'draft', isDated: false, path: null });
  expect(screen.getByText('Comments stay open: the blog closes none by itself.')).toBeTruthy();
  expect(screen.getByText(/if it comes out today, and as much later as it does\.$/)).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'View on the blog' })).toBeNull();
});

test('a page has nothing to choose', () => {
  showForm({ kind: 'page' });
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  expect(screen.getByText(/Nothing new is said below pages/)).toBeTruthy();
});

test('what is chosen is sent with what was seen, and what was done is said', async () => {
  const action = vi.fn<(state: DiscussionState, form: FormData) => Promise<DiscussionState>>(async () => ({ ...NOTHING_SAVED, done: 'Saved. Comments are closed.' }));
  showForm({}, 0, action);
  await userEvent.click(screen.getByRole('radio', { name: 'Sensitive' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Closed' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Where readers find help (optional)' }), 'Call 988.');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Saved. Comments are closed.'));
  expect(Object.fromEntries(action.mock.calls[0]![1])).toEqual({ seen: 'the mark', care: 'sensitive', closing: 'closed', date: '', helpline: 'Call 988.' });
});

test('a refusal stands at its field, and what was typed stays', async () => {
  const entered = { care: 'careful', closing: 'date', date: '2026-01-01', helpline: 'Kept.' };
  showForm({}, 0, async () => ({ ...NOTHING_SAVED, fields: { date: 'This day is over.' }, entered }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByText('This day is over.')).toBeTruthy());
  const day = screen.getByLabelText<HTMLInputElement>('Last day for comments');
  expect([day.value, day.getAttribute('aria-invalid'), day.getAttribute('aria-describedby')]).toEqual(['2026-01-01', 'true', 'closing-day-hint closing-day-error']);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Careful' }).checked).toBe(true);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'On a date' }).checked).toBe(true);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Where readers find help (optional)' }).value).toBe('Kept.');
});

test('the parts of the list say how many are in them; words and kind stay with the pages', () => {
  showList([line], 'author', { page: 2, hasMore: true }, { tab: 'drafts', q: 'blue', kind: 'post', page: '2' });
  const parts = within(screen.getByRole('navigation', { name: 'Parts of the list' }));
  expect(parts.getAllByRole('link').map((link) => link.textContent)).toEqual(['All 2', 'Published 1', 'Drafts 1', 'Scheduled 0', 'Private 0', 'Trash 3']);
  expect(parts.getByRole('link', { current: 'page' }).textContent).toBe('Drafts 1');
  expect(parts.getByRole('link', { name: 'Trash 3' }).getAttribute('href')).toBe('/admin/posts?tab=trash&kind=post');
  expect(screen.getByRole('link', { name: 'Older posts' }).getAttribute('href')).toBe('/admin/posts?tab=drafts&kind=post&q=blue&page=3');
  expect(screen.getByRole('searchbox', { name: 'Words in title or text' }).getAttribute('value')).toBe('blue');
});

test('what is in the trash comes back, or goes for good after a word of what goes with it', () => {
  showList([{ ...line, isInTrash: true, approved: 3, waiting: 1, path: null }], 'author', {}, { tab: 'trash' });
  const row = within(screen.getByRole('article', { name: 'The blue cup' }));
  expect(row.queryByRole('link', { name: 'The blue cup' })).toBeNull();
  expect(row.getByRole('button', { name: 'Restore “The blue cup”' })).toBeTruthy();
  expect(row.getByText(/This deletes the text, its 4 comments and its earlier versions\..*It cannot be undone/)).toBeTruthy();
  expect(screen.getByText(/^Posts stay here until/)).toBeTruthy();
});

test('what was done is said, with its undo; an owner may give a post to somebody else', () => {
  showList([line], 'owner', {}, {}, { done: 'trashed', post: 'one', title: 'The red cup' });
  expect(screen.getByRole('status').textContent).toBe('“The red cup” is in the trash.Undo');
  expect(screen.getByRole('link', { name: 'Author of “The blue cup”' }).getAttribute('href')).toBe('/admin/posts/hand-over?post=one');
});
