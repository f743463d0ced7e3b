import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { QueueFilters } from '@/components/moderation/queue-filters';
import { QueueScreen } from '@/components/moderation/queue-screen';
import type { QueueView } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import type { QueueFilter } from '@/lib/moderation/schema';
import { NOTHING_DONE } from '@/lib/people/schema';
import { queueCard, queueView } from '@/tests/support/queue-card';

const site = { language: 'en', timeZone: 'America/Los_Angeles' };
const posts = [{ slug: 'sleep', title: 'Sleep' }];

const viewOf = (filter: Partial<QueueFilter>, given: Partial<QueueView> = {}) => queueView([], { filter: { ...wholeQueue('pending'), ...filter }, posts, ...given });
const show = (filter: Partial<QueueFilter> = {}, given: Partial<QueueView> = {}) => render(<QueueFilters view={viewOf(filter, given)} site={site} />);
const sent = () => Object.fromEntries(new FormData(screen.getByRole<HTMLFormElement>('search')));

test('the fields have their names and send what they hold to the queue’s own address', async () => {
  show();
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search comments' }), 'four in the morning');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Post' }), 'Sleep');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Reason' }), 'First comment');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort' }), 'By risk');
  await userEvent.type(screen.getByLabelText('From'), '2026-11-01');
  expect(sent()).toEqual({ queue: 'pending', q: 'four in the morning', post: 'sleep', rule: 'first-comment', from: '2026-11-01', to: '', sort: 'risk' });
  expect(screen.getByRole('search').getAttribute('action')).toBe('/admin/comments');
  expect(screen.queryByRole('list', { name: 'Active filters' })).toBeNull();
});

test('a person and a network that are asked for stay while more is asked', () => {
  show({ person: 'abcdefgh0123', network: '3fa9c0ffee12' }, { sort: 'oldest' });
  expect(sent()).toMatchObject({ person: 'abcdefgh0123', network: '3fa9c0ffee12', sort: 'oldest' });
});

test('a post that is not among the newest is offered while it is asked for', () => {
  show({ post: 'old' }, { named: { post: 'An old post', person: null } });
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Post' }).selectedOptions[0]?.textContent).toBe('An old post');
});

test('each active filter can be taken away alone, and all together', () => {
  show({ q: 'four', post: 'sleep', person: 'abcdefgh0123', network: '3fa9c0ffee12', rule: 'links', from: '2026-11-01', to: '2026-11-25' }, { sort: 'risk', named: { post: 'Sleep', person: 'Ines' } });
  const chips = within(screen.getByRole('list', { name: 'Active filters' })).getAllByRole('link');
  expect(chips.map(({ textContent }) => textContent)).toEqual(
    ['“four”', 'On Sleep', 'By Ines', 'Network 3fa9…', 'Links', 'From 1 November 2026', 'To 25 November 2026'].map((words) => `Remove filter: ${words}`));
  expect(chips[2]?.getAttribute('href')).toBe('/admin/comments?queue=pending&q=four&post=sleep&network=3fa9c0ffee12&rule=links&from=2026-11-01&to=2026-11-25&sort=risk');
  expect(screen.getByRole('link', { name: 'Clear filters' }).getAttribute('href')).toBe('/admin/comments?queue=pending&sort=risk');
});

test('the same filter leads to the other queues', () => {
  show({ q: 'four' });
  const links = within(screen.getByRole('navigation', { name: 'This filter in other queues' })).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['approved', 'spam', 'trash', 'all'].map((queue) => `/admin/comments?queue=${queue}&q=four`));
});

test('one comment alone leads back to its queue', () => {
  show({}, { only: 'abcdefgh0123' });
  expect(screen.getByRole('link', { name: /One comment/ }).getAttribute('href')).toBe('/admin/comments?queue=pending');
});

test('on a phone the other fields are unfolded by a button that says whether they are', async () => {
  show();
  const button = screen.getByRole('button', { name: 'Filters' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(document.getElementById(button.getAttribute('aria-controls') ?? '')?.dataset.open).toBe('true');
});

const asks = { source: async () => 'Hi', count: async () => null, progress: async () => null, stop: async () => null, keys: async () => undefined, refresh: async () => undefined };
const showDesk = (view: QueueView) =>
  render(<QueueScreen view={view} live={{ at: 0, whose: 'p', known: [] }} site={site} person={{ userId: 'u', name: 'Marlene', role: 'owner' }} hasKeys running={null} asks={asks} action={async (state) => state} noteAction={async () => NOTHING_DONE} signOut={async () => undefined} />);

test('where nothing matches the way out is beside it; where nothing is narrowed the queue is said to be empty', () => {
  showDesk(viewOf({ q: 'zzz' }));
  const nothing = screen.getByText(/^No comment matches\./);
  expect(within(nothing).getByRole('link', { name: 'Clear filters' }).getAttribute('href')).toBe('/admin/comments?queue=pending');
});

test('the next page keeps filter and order', () => {
  showDesk({ ...viewOf({ q: 'four' }, { sort: 'risk', next: 'abcdefgh0123' }), cards: [queueCard('abcdefgh0123', 'Ines')] });
  expect(screen.getByRole('link', { name: 'More comments' }).getAttribute('href')).toBe('/admin/comments?queue=pending&q=four&sort=risk&after=abcdefgh0123');
});
