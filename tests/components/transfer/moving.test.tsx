import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { MovingScreen } from '@/components/transfer/moving-screen';
import { ok, fail } from '@/lib/result';
import type { BackupsState, MovingState, TransferView } from '@/lib/transfer/desk/moving';
import { REPORT_KINDS, type ImportReport } from '@/lib/transfer/schema';

const site = { language: 'en', timeZone: 'Europe/Berlin' };
const counts = { pending: 1, approved: 2, spam: 0, trash: 0, all: 3 };
const report: ImportReport = {
  dryRun: true, source: 'wxr:lantern.example',
  rows: REPORT_KINDS.map((kind, index) => ({ kind, cameIn: index * 1_000, alreadyHere: 0, skipped: 1 })),
  notes: [
    { reason: 'Rare things', count: 1, examples: [{ line: null, what: 'one' }] },
    { reason: 'Common things', count: 30, examples: [{ line: 1_234, what: 'first' }, { line: null, what: 'second' }] },
  ],
};
const whole: TransferView = {
  id: '0', fileName: 'blog.xml', bytes: 2_097_152, received: 2_097_152, state: 'checked', withMedia: true, isStopping: false, progress: null, report, message: '', keptUntil: '2026-11-27T10:00:00.000Z',
};
const noBackups: BackupsState = { kept: [], isBeingMade: false, failure: null, message: null };

function show(transfer: Partial<TransferView> | null, { backups = noBackups, after = null as MovingState | null, looks = [] as (TransferView | null)[], begin = vi.fn<Begin>(async () => fail('invalid', 'This file is empty.')) } = {}) {
  const act = vi.fn(async (state: MovingState, _form: FormData) => after ?? state);
  const look = vi.fn(async () => looks.shift() ?? null);
  const backup = vi.fn(async (state: BackupsState) => ({ ...state, isBeingMade: true }));
  render(<MovingScreen transfer={transfer && { ...whole, ...transfer }} backups={backups} counts={counts} site={site} person={{ userId: 'u', name: 'Ida', role: 'owner' }} actions={{ act, begin, look, backup }} signOut={async () => undefined} />);
  const user = userEvent.setup();
  const press = (name: string) => user.click(screen.getByRole('button', { name }));
  /** What the last button sent. */
  const sent = () => Object.fromEntries(act.mock.lastCall?.[1] ?? []);
  const send = async (file: File) => {
    const field = screen.getByLabelText<HTMLInputElement>('File of your old blog');
    await user.upload(field, file);
    // To jsdom a required field that user-event has filled is still empty: its button would do nothing.
    if (field.form) fireEvent.submit(field.form);
  };
  return { act, look, backup, press, sent, send };
}
type Begin = (file: object) => Promise<ReturnType<typeof ok<{ id: string; received: number }>> | ReturnType<typeof fail>>;
const here = () => screen.getByRole('region', { name: 'Bring a blog here' });
const rowOf = (name: string) => within(screen.getByRole('row', { name: new RegExp(`^${name}`) })).getAllByRole('cell').map(({ textContent }) => textContent);

afterEach(() => vi.unstubAllGlobals());

test('an empty page says what happens to what is there and what is private, and asks for a file', () => {
  show(null);
  expect(screen.getByRole('heading', { level: 1, name: 'Moving' })).toBeTruthy();
  expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual(['Bring a blog here', 'Take it with you', 'Backups']);
  expect(here().textContent).toContain('Nothing is published that was not.');
  expect(here().textContent).toContain('The sample posts make room');
  expect(screen.getByLabelText('File of your old blog').getAttribute('type')).toBe('file');
  expect(screen.getByRole('link', { name: 'Moving', current: 'page' })).toBeTruthy();
});

test('what can be taken along is a link to each file', () => {
  show(null);
  const links = within(screen.getByRole('region', { name: 'Take it with you' })).getAllByRole('link');
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['WordPress export (XML)', '/admin/moving/wordpress.xml'], ['Markdown (ZIP)', '/admin/moving/markdown.zip'], ['Pictures and files (ZIP)', '/admin/moving/media.zip'],
  ]);
});

test('a checked file is a table of what would come in, then the next step, then the notes, the most frequent first', async () => {
  const { press, sent } = show({});
  expect(here().textContent).toContain('This is a WordPress export, from lantern.example.');
  expect(screen.getByRole('table', { name: 'What would come in' })).toBeTruthy();
  expect(rowOf('Comments')).toEqual(['5,000', '0', '1']);
  expect([...here().querySelectorAll('summary')].map(({ textContent }) => textContent)).toEqual(['Common things 30', 'Rare things 1']);
  expect(screen.getByText('line 1,234')).toBeTruthy();
  expect(screen.getByText('… and 28 more')).toBeTruthy();
  const pictures = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Copy pictures too' });
  expect(pictures.checked).toBe(true);
  await press('Import');
  expect(sent()).toEqual({ act: 'start', id: '0', withMedia: 'on' });
});

test('a file that holds nothing odd says so', () => {
  show({ report: { ...report, notes: [] } });
  expect(screen.getByText('Everything can be used as it stands.')).toBeTruthy();
});

test('an import that runs shows step and percent, is asked after until it is done, and focus is not lost', async () => {
  const { look, press } = show({ state: 'importing', progress: { step: 'moving', done: 1, total: 3 } }, { looks: [{ ...whole, state: 'importing', progress: { step: 'moving', done: 2, total: 3 } }, { ...whole, state: 'done', report: { ...report, dryRun: false } }] });
  expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Moving in' }).value).toBe(33);
  expect(here().textContent).toContain('You can close this page');
  await press('Cancel');
  await waitFor(() => expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(66), { timeout: 5_000 });
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Your blog has moved in' })).toBeTruthy(), { timeout: 5_000 });
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Your blog has moved in' }));
  expect(screen.getByText('The import is done.')).toBeTruthy();
  expect(screen.getByRole('table', { name: 'What came in' })).toBeTruthy();
  expect(within(here()).getByRole('link', { name: 'View the blog' }).getAttribute('href')).toBe('/');
  expect(look).toHaveBeenCalledTimes(2);
}, 15_000);

test.each([[null, 'Getting ready'], [{ step: 'waiting', done: 0, total: 0 }, 'Waiting until another import is done']] as const)('before its first step it says what it waits for (%o)', (progress, words) => {
  show({ state: 'importing', progress });
  expect(screen.getByRole('progressbar', { name: words }).hasAttribute('value')).toBe(false);
});

test('Cancel is sent once, and then it says that it is cancelling', async () => {
  const { press, sent } = show({ state: 'importing' }, { after: { transfer: { ...whole, state: 'importing', isStopping: true }, message: null } });
  await press('Cancel');
  expect(sent()).toEqual({ act: 'stop', id: '0' });
  expect(await screen.findByRole('progressbar', { name: 'Cancelling' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
});

test('what failed says why, and can be begun again', async () => {
  const { press, sent } = show({ state: 'failed', message: 'The file breaks off on line 7.', report: null });
  expect(screen.getByRole('alert').textContent).toBe('The file breaks off on line 7.');
  await press('Begin again');
  expect(sent()).toEqual({ act: 'again', id: '0' });
});

test('what was cancelled says that nothing came in, and can be begun again or removed', async () => {
  const { press, sent } = show({ state: 'cancelled', report: null });
  expect(here().textContent).toContain('Nothing came in.');
  expect(here().textContent).toContain('27 November 2026 at 11:00');
  expect(screen.getByRole('button', { name: 'Begin again' })).toBeTruthy();
  await press('Remove the file');
  expect(sent()).toEqual({ act: 'discard', id: '0' });
});

test('part of a file is gone on with by the same file', () => {
  show({ state: 'uploading', received: 524_288, report: null });
  expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Arrived so far' }).value).toBe(25);
  expect(here().textContent).toContain('512 kB of 2 MB');
  expect(screen.getByLabelText('The same file')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Go on' })).toBeTruthy();
});

test('a refused act is told in an alert', async () => {
  const { press } = show({}, { after: { transfer: whole, message: 'This import was begun already.' } });
  await press('Import');
  expect((await screen.findByRole('alert')).textContent).toBe('This import was begun already.');
});

test('a chosen file is sent, with how far it is, and then checked', async () => {
  let answer!: (response: Response) => void;
  vi.stubGlobal('fetch', vi.fn(() => new Promise<Response>((resolve) => { answer = resolve; })));
  const begin = vi.fn<Begin>(async () => ok({ id: '1', received: 3 }));
  const { send } = show(null, { begin, looks: [{ ...whole, state: 'checking', report: null }] });
  await send(new File(['0123456789'], 'a very long name.xml', { lastModified: 5 }));
  expect(begin).toHaveBeenCalledWith({ name: 'a very long name.xml', bytes: 10, mark: '5' });
  expect(await screen.findByRole('heading', { name: 'Sending the file' })).toBeTruthy();
  await waitFor(() => expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Sending' }).value).toBe(30));
  await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
  answer(new Response(JSON.stringify({ received: 10, isWhole: true })));
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Checking the file' })).toBeTruthy());
});

test('sending that is cancelled ends, and what had arrived is thrown away', async () => {
  vi.stubGlobal('fetch', vi.fn((_: string, { signal }: RequestInit) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))))));
  const { press, send, sent } = show(null, { begin: vi.fn<Begin>(async () => ok({ id: '1', received: 0 })), after: { transfer: null, message: null } });
  await send(new File(['0123456789'], 'blog.xml'));
  await waitFor(() => expect(fetch).toHaveBeenCalled());
  await press('Cancel');
  expect(sent()).toEqual({ act: 'discard', id: '1' });
  expect(await screen.findByLabelText('File of your old blog')).toBeTruthy();
});

test('while the connection is interrupted it says so, and that it goes on by itself', async () => {
  let calls = 0;
  vi.stubGlobal('fetch', vi.fn(async () => { calls += 1; throw new TypeError('Failed to fetch'); }));
  const { press, send } = show(null, { begin: vi.fn<Begin>(async () => ok({ id: '1', received: 0 })), after: { transfer: null, message: null } });
  await send(new File(['0123456789'], 'blog.xml'));
  expect((await screen.findByText(/^The connection is interrupted/)).getAttribute('role')).toBe('status');
  expect(calls).toBe(1);
  await press('Cancel');
});

test('a file that is refused says why, and another can be chosen', async () => {
  const { send } = show(null);
  await send(new File([''], 'empty.xml'));
  expect((await screen.findByRole('alert')).textContent).toBe('This file is empty.');
  expect(await screen.findByLabelText('File of your old blog')).toBeTruthy();
});

test('backups are listed with their day and size, each to be downloaded; one can be made now', async () => {
  const { press, backup } = show(null, { backups: { ...noBackups, kept: [{ name: '2026-11-26T0300', at: '2026-11-26T02:00:00.000Z', bytes: 5_242_880 }, { name: 'before-20261126_x', at: '2026-11-25T02:00:00.000Z', bytes: 900 }] } });
  const items = within(screen.getByRole('list', { name: 'Backups, newest first' })).getAllByRole('listitem');
  expect(items.map(({ textContent }) => textContent)).toEqual(['26 November 2026 at 03:00 5 MBDownload', '25 November 2026 at 03:00 900 bytes, before an updateDownload']);
  expect(screen.getByRole('link', { name: 'Download the backup 2026-11-26T0300' }).getAttribute('href')).toBe('/admin/moving/backups/2026-11-26T0300.tar');
  await press('Make one now');
  expect(backup).toHaveBeenCalledTimes(1);
  expect(await screen.findByText('A backup is being made. It stands here when it is whole.')).toBeTruthy();
});

test('a blog without a backup says when the first is made; one that failed says why', () => {
  show(null, { backups: { ...noBackups, failure: { at: '2026-11-26T02:00:00.000Z', sentence: 'The disk is full.' } } });
  expect(screen.getByText('There is none yet. The first is made tonight by itself.')).toBeTruthy();
  expect(screen.getByText(/The disk is full\./)).toBeTruthy();
});
