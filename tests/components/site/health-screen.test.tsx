import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { HealthScreen } from '@/components/site/health-screen';
import type { BackupState } from '@/lib/backup/files';
import type { HealthView } from '@/lib/site/health';

const pages = { kept: 12, bytes: 1_572_864, hits: 93, misses: 7, isListening: true };
const fine: HealthView = { version: '0.1.0', startedAt: new Date('2026-11-24T08:05:00Z'), faults: [], pages };

const backedUp: BackupState = { last: { name: '2026-11-24T0300', madeAt: new Date('2026-11-24T03:00:00Z'), bytes: 1_572_864, rows: 100, files: 3 }, failure: null };

const show = (health: Partial<HealthView> = {}, backups: BackupState = backedUp) =>
  render(<HealthScreen health={{ ...fine, ...health }} backups={backups} akismet={null} counts={{ pending: 1, approved: 2, spam: 0, trash: 0, all: 3 }} site={{ language: 'en', timeZone: 'UTC' }} person={{ userId: 'u', name: 'Marlene', role: 'owner' }} signOut={async () => undefined} />);

test('a blog in order says so, and what it is made of', () => {
  show();
  expect(screen.getByRole('heading', { level: 1, name: 'Health' })).toBeTruthy();
  expect(screen.getByText('Everything is in order.')).toBeTruthy();
  expect(screen.queryByRole('list', { name: 'Faults' })).toBeNull();
  const facts = Object.fromEntries(screen.getAllByRole('term').map((term) => [term.textContent, term.nextElementSibling?.textContent]));
  expect(facts).toEqual({ Version: '0.1.0', 'Running since': '24 November 2026 at 08:05', 'Last backup': '24 November 2026 at 03:00 1.5 MB', 'Pages kept': '12 1.5 MB', 'Answered from them': '93 % of 100 requests' });
  expect(screen.getByRole('link', { name: 'Health', current: 'page' })).toBeTruthy();
});

test('faults stand in plain words, with how often, when and where', () => {
  show({
    faults: [
      { sentence: 'A page is odd.', path: '/posts/patience', count: 3, firstAt: new Date('2026-11-24T09:00:00Z'), lastAt: new Date('2026-11-24T10:30:00Z') },
      { sentence: 'The cellar is wet.', path: null, count: 1, firstAt: new Date('2026-11-24T09:00:00Z'), lastAt: new Date('2026-11-24T09:00:00Z') },
    ],
  });
  const [odd, wet] = within(screen.getByRole('list', { name: 'Faults' })).getAllByRole('listitem');
  expect(odd?.textContent).toBe('A page is odd.3 times, first on 24 November 2026 at 09:00, last on 24 November 2026 at 10:30, at /posts/patience.');
  expect(wet?.textContent).toMatch(/Once, on 24 November 2026 at 09:00\.$/);
  expect(screen.queryByText('Everything is in order.')).toBeNull();
});

test('a blog that does not hear what others change says so', () => {
  show({ pages: { ...pages, hits: 0, misses: 0, isListening: false } });
  expect(screen.getByText(/no page is kept/)).toBeTruthy();
  expect(screen.queryByText('Everything is in order.')).toBeNull();
  expect(screen.getByText('Nothing was asked for yet')).toBeTruthy();
});

test('before there is a page cache nothing is said of it', () => {
  show({ pages: null });
  expect(screen.getByText('Everything is in order.')).toBeTruthy();
  expect(screen.queryByText('Pages kept')).toBeNull();
});

test('a backup that was not made is told with its reason, beside the last one that was', () => {
  show({}, { ...backedUp, failure: { at: new Date('2026-11-25T03:00:00Z'), sentence: 'The disk is full.' } });
  expect(screen.getByText(/was not made/).textContent).toBe('The backup of 25 November 2026 at 03:00 was not made. The disk is full.');
  expect(screen.getByText('24 November 2026 at 03:00')).toBeTruthy();
  expect(screen.queryByText('Everything is in order.')).toBeNull();
});

test('before the first night there is none', () => {
  show({}, { last: null, failure: null });
  expect(screen.getByText('None yet: one is made every night')).toBeTruthy();
});
