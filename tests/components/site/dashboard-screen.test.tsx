import { render, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { DashboardScreen } from '@/components/site/dashboard-screen';
import type { DashboardDay } from '@/lib/site/dashboard-days';

vi.mock('next/dynamic', () => ({ default: () => () => null }));

const site = { language: 'en', timeZone: 'UTC' };
const counts = { pending: 2, approved: 5, spam: 0, trash: 0, all: 7 };
const days = (reads: (number | null)[]): DashboardDay[] => reads.map((number, at) => ({ day: `2026-11-0${at + 1}`, at: new Date(Date.UTC(2026, 10, at + 1)), comments: at, reads: number }));
const none = { count: 0, posts: [] };
const draft = { id: 'd1', kind: 'post' as const, title: '', author: 'Alma', at: new Date(0) };
const posts = { drafts: { count: 7, posts: [draft] }, scheduled: none, changed: none };

const shown = (role: 'owner' | 'author' | 'moderator', given: Partial<Parameters<typeof DashboardScreen>[0]> = {}) =>
  render(<DashboardScreen view={{ posts, days: days([3, 0, 1_200]), mostRead: [{ id: 'p', slug: 'patience', title: 'Patience', count: 1 }] }} chosen={30} counts={{ ...counts, replies: 4 }} site={site} person={{ userId: 'u', name: 'Alma', role }} signOut={async () => undefined} {...given} />);

test('every number of what waits leads to what it counts', () => {
  shown('author');
  const waits = within(screen.getByRole('list', { name: 'What waits' })).getAllByRole('link');
  expect(waits.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['2 Comments waiting', '/admin/comments?queue=pending'], ['4 To answer', '/admin/replies'], ['7 Drafts', '/admin/posts?tab=drafts'], ['0 Scheduled', '/admin/posts?tab=scheduled'],
  ]);
  expect(screen.getByRole('link', { name: 'A post without a title' }).getAttribute('href')).toBe('/admin/posts/d1');
  expect(screen.getByRole('link', { name: 'All 7 drafts' }).getAttribute('href')).toBe('/admin/posts?tab=drafts');
});

test('the plot stands in a table too, the newest day first, with a 0 where nothing was', () => {
  shown('author');
  const rows = screen.getAllByRole('row', { hidden: true }).map((row) => [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent));
  expect(rows).toEqual([['Day', 'Reads', 'Comments'], ['3 November 2026', '1,200', '2'], ['2 November 2026', '0', '1'], ['1 November 2026', '3', '0']]);
  expect(screen.getByText('1,203')).toBeTruthy();
  expect(screen.getByRole('link', { name: '3' }).getAttribute('href')).toBe('/admin/comments?queue=approved&from=2026-11-01&to=2026-11-03');
  expect(within(screen.getByRole('list', { name: 'Most read' })).getByRole('listitem').textContent).toBe('Patience1 read');
});

test('the days are chosen by links', () => {
  shown('author', { chosen: 90 });
  const links = within(screen.getByRole('navigation', { name: 'How many days' })).getAllByRole('link');
  expect(links.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('aria-current')])).toEqual([['30 days', '/admin', null], ['90 days', '/admin?days=90', 'true'], ['365 days', '/admin?days=365', null]]);
});

test('who moderates sees comments alone', () => {
  shown('moderator', { view: { posts: null, days: days([null, null]), mostRead: [] }, counts: { ...counts, replies: null } });
  expect(within(screen.getByRole('list', { name: 'What waits' })).getAllByRole('link')).toHaveLength(1);
  expect(screen.queryByText('Writing')).toBeNull();
  expect(screen.queryByText('Reads')).toBeNull();
  expect(screen.queryByText('Most read')).toBeNull();
});

test('the first steps stand above all else', () => {
  shown('owner', { firstSteps: <p>First this.</p> });
  expect(screen.getByText('First this.').compareDocumentPosition(screen.getByRole('list', { name: 'What waits' })) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});
