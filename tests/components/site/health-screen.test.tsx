import { render, screen, within } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { expect, test } from 'vitest';
import { HealthScreen } from '@/components/site/health-screen';
import type { BackupState } from '@/lib/backup/files';
import type { HealthFacts, HealthView } from '@/lib/site/health';

const pages = { kept: 12, bytes: 1_572_864, hits: 93, misses: 7, isListening: true };
const fine: HealthView = { version: '0.1.0', startedAt: new Date('2026-11-24T08:05:00Z'), faults: [], pages };

const facts: HealthFacts = {
  database: { version: '18.1', bytes: 52_428_800, answerMs: 1, connections: 14, connectionsMost: 100 },
  mail: { lastSentAt: null, lastFailed: null }, heldSince: null, jobs: [], undone: [], logins: [], media: { files: 0, bytes: 0 },
};

const backedUp: BackupState = { last: { name: '2026-11-24T0300', madeAt: new Date('2026-11-24T03:00:00Z'), bytes: 1_572_864, rows: 100, files: 3 }, failure: null };

const show = (health: Partial<HealthView> = {}, backups: BackupState = backedUp, more: Partial<ComponentProps<typeof HealthScreen>> = {}) =>
  render(<HealthScreen health={{ ...fine, ...health }} facts={facts} disk={{ bytes: 5 * 1024 ** 3, isLow: false }} backups={backups} akismet={null} counts={{ pending: 1, approved: 2, spam: 0, trash: 0, all: 3 }} site={{ language: 'en', timeZone: 'UTC' }} person={{ userId: 'u', name: 'Marlene', role: 'owner' }} signOut={async () => undefined} {...more} />);

const shown = () => Object.fromEntries(screen.getAllByRole('term').map((term) => [term.textContent, term.nextElementSibling?.textContent]));
const at = (clock: string) => new Date(`2026-11-24T${clock}:00Z`);

test('a blog in order says so, and what it is made of', () => {
  show();
  expect(screen.getByRole('heading', { level: 1, name: 'Health' })).toBeTruthy();
  expect(screen.getByText('Everything is in order.')).toBeTruthy();
  expect(screen.queryByRole('list', { name: 'Faults' })).toBeNull();
  expect(shown()).toMatchObject({ Version: '0.1.0', 'Running since': '24 November 2026 at 08:05', 'Last backup': '24 November 2026 at 03:00 1.5 MB', 'Pages kept': '12 1.5 MB', 'Answered from them': '93 % of 100 requests' });
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

test('a blog on which nothing has happened yet says so of each fact', () => {
  show();
  expect(shown()).toMatchObject({
    'Last mail sent': 'None yet', 'Last mail not sent': 'None', 'Waits longest': 'No comment waits', 'To be done': 'Nothing', 'Not done': 'Nothing',
    'Free on the disk': '5 GB', Database: '50 MB PostgreSQL 18.1, answered in 1 ms, 14 of 100 connections', 'Pictures and files': '0 bytes 0 files',
  });
});

test('mails, comments that wait, jobs and ways to sign in say when and why, with the way to each', () => {
  show({}, backedUp, {
    facts: {
      ...facts,
      mail: { lastSentAt: at('09:00'), lastFailed: { at: at('09:05'), why: 'The mail server does not answer.' } },
      heldSince: at('07:00'),
      jobs: [{ name: 'mail', due: 3, later: 2 }, { name: 'publish', due: 0, later: 1 }],
      undone: [{ name: 'mail', count: 1 }, { name: 'decision-mail', count: 2 }],
      logins: [{ provider: 'google', state: { lastWorkedAt: at('08:00'), lastFailedAt: null, lastFailure: '' } }, { provider: 'facebook', state: { lastWorkedAt: null, lastFailedAt: at('08:30'), lastFailure: 'timeout' } }],
    },
  });
  expect(shown()).toMatchObject({
    'Last mail sent': '24 November 2026 at 09:00', 'Last mail not sent': '24 November 2026 at 09:05: The mail server does not answer.',
    'Waits longest': 'A comment, since 24 November 2026 at 07:00',
    'To be done': 'Sending a mail: 3 now, 2 laterPublishing a post at its time: 1 later',
    'Not done': 'Sending a mail: 1Telling somebody what was decided about a comment: 2Look at them in the Outbox.',
    Google: 'It worked on 24 November 2026 at 08:00. ', Facebook: expect.stringMatching(/^It failed on 24 November 2026 at 08:30.*timeout/) as string,
  });
  const main = within(screen.getByRole('main'));
  expect([main.getByRole('link', { name: 'A comment' }), main.getByRole('link', { name: 'Outbox' })].map((link) => link.getAttribute('href'))).toEqual(['/admin/comments?queue=pending&sort=oldest', '/admin/outbox']);
  expect(screen.queryByText('Everything is in order.')).toBeNull();
});

test('while the database is away it says so, and shows what the process knows', () => {
  show({}, backedUp, { facts: null, counts: null });
  expect(screen.getByText(/^The database does not answer\./)).toBeTruthy();
  expect(Object.keys(shown())).toEqual(['Version', 'Running since', 'Last backup', 'Pages kept', 'Answered from them', 'Free on the disk']);
  expect(screen.queryByText('Everything is in order.')).toBeNull();
  expect(screen.queryByRole('heading', { name: 'Akismet' })).toBeNull();
});

test('a disk that is nearly full is told of', () => {
  show({}, backedUp, { disk: { bytes: 300 * 1024 ** 2, isLow: true } });
  expect(screen.getByText('The disk is nearly full: 300 MB are left.')).toBeTruthy();
  expect(screen.queryByText('Everything is in order.')).toBeNull();
});
