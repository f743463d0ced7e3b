import { act, fireEvent, render, screen, within } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { expect, test, vi } from 'vitest';
import { OutboxScreen } from '@/components/notifications/outbox-screen';
import type { OutboxMail, OutboxView } from '@/lib/notifications/queries';

const mail: OutboxMail = {
  id: '1', to: 'ida@example.com', subject: 'Your sign-in link', text: 'Hello.\nhttps://blog.example/sign-in/link?token=a\nhttps://evil.example/', state: 'kept',
  createdAt: new Date('2026-11-24T08:05:00Z'), sentAt: null, failure: null, nextTryAt: null,
};
const sender = { name: 'Our blog', address: 'blog@example.com' };

function show(view: Partial<OutboxView>, more: Partial<ComponentProps<typeof OutboxScreen>> = {}) {
  const whole = { mails: [], next: null, sender: null, ...view };
  return render(
    <OutboxScreen view={whole} failedCount={0} undone={[]} again={async (state) => state} isFirstPage origin="https://blog.example" counts={{ pending: 0, approved: 0, spam: 0, trash: 0, all: 0 }} site={{ language: 'en', timeZone: 'UTC' }} person={{ userId: 'u', name: 'Marlene', role: 'owner' }} signOut={async () => undefined} {...more} />,
  );
}
const row = () => within(screen.getByRole('list', { name: 'Mails' })).getByRole('listitem').textContent;

test('without a mail server it says so, what that means, and how to set one', () => {
  show({ mails: [mail] });
  expect(screen.getByRole('heading', { level: 1, name: 'Outbox' })).toBeTruthy();
  const help = within(screen.getByRole('region', { name: 'No mail leaves this blog yet' }));
  expect(help.getByText(/nobody receives it/)).toBeTruthy();
  expect(help.getByText('How to have mails sent')).toBeTruthy();
  expect(help.getByText(/SMTP_URL=smtps/).textContent).toContain('MAIL_FROM=Our blog <blog@example.com>');
  expect(row()).toContain('Kept here, because no mail server is set.');
  expect(screen.getByRole('link', { name: 'Outbox', current: 'page' })).toBeTruthy();
});

test('with one it says who mails are sent as, and no more about it', () => {
  show({ mails: [mail], sender });
  expect(screen.getByText('Our blog <blog@example.com>')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'No mail leaves this blog yet' })).toBeNull();
  expect(row()).toContain('no mail server was set when it was written');
});

test('a mail has its address, subject and time, and in its text only links to this blog can be followed', () => {
  show({ mails: [mail] });
  expect(row()).toContain('ida@example.com');
  expect(row()).toContain('Your sign-in link');
  expect(row()).toContain('24 November 2026 at 08:05');
  const list = within(screen.getByRole('list', { name: 'Mails' }));
  expect(list.getAllByRole('link', { hidden: true }).map((link) => link.getAttribute('href'))).toEqual(['https://blog.example/sign-in/link?token=a']);
  expect(row()).toContain('https://evil.example/');
});

const at = new Date('2026-11-24T09:30:00Z');

test.each<[string, Partial<OutboxMail>, string]>([
  ['waiting', { state: 'waiting' }, 'Waiting to be sent.'],
  ['waiting after a failure', { state: 'waiting', failure: 'The mail server does not answer.', nextTryAt: at }, 'The mail server does not answer. It is tried again on 24 November 2026 at 09:30.'],
  ['sent', { state: 'sent', sentAt: at }, 'The mail server took it on 24 November 2026 at 09:30.'],
  ['failed', { state: 'failed', failure: 'The mail server does not take mails to this address.' }, 'The mail server does not take mails to this address. It is not tried again.'],
  ['too old', { state: 'expired' }, 'It was not sent in time, and is of no use any more.'],
  ['emptied', { state: 'sent', sentAt: at, text: '' }, 'The words of this mail are not kept'],
])('a mail that is %s says so', (_what, changes, words) => {
  show({ mails: [{ ...mail, ...changes }], sender });
  expect(row()).toContain(words);
});

test('mails that could not be sent are told of at the top', () => {
  show({ mails: [mail], sender }, { failedCount: 1 });
  expect(screen.getByText('One mail of the last 30 days could not be sent. Below it says why.')).toBeTruthy();
  show({ mails: [mail], sender }, { failedCount: 3 });
  expect(screen.getByText(/^3 mails of the last 30 days/)).toBeTruthy();
});

test('without a mail it says when there will be one', () => {
  show({});
  expect(screen.getByText(/No mail yet/)).toBeTruthy();
  expect(screen.queryByRole('list', { name: 'Mails' })).toBeNull();
  expect(screen.queryByRole('navigation', { name: 'Pages of mails' })).toBeNull();
});

test('older mails are a page further, and from there a link leads back', () => {
  const { unmount } = show({ mails: [mail], next: '0197' });
  expect(screen.getByRole('link', { name: 'Older mails' }).getAttribute('href')).toBe('/admin/outbox?after=0197');
  expect(screen.queryByRole('link', { name: 'Newest mails' })).toBeNull();
  unmount();
  show({ mails: [mail] }, { isFirstPage: false });
  expect(screen.getByRole('link', { name: 'Newest mails' }).getAttribute('href')).toBe('/admin/outbox');
  expect(screen.queryByRole('link', { name: 'Older mails' })).toBeNull();
});

const failed: OutboxMail = { ...mail, state: 'failed', failure: 'The mail server does not take mails to this address.' };

test.each<[string, Partial<OutboxMail>, Partial<OutboxView>, number]>([
  ['has failed', {}, { sender }, 1],
  ['has failed, with no mail server', {}, {}, 0],
  ['has failed and is not kept in words', { text: '' }, { sender }, 0],
  ['is too old', { state: 'expired' }, { sender }, 0],
  ['waits for another try', { state: 'waiting' }, { sender }, 0],
  ['is sent', { state: 'sent', sentAt: at, failure: null }, { sender }, 0],
  ['was kept', { state: 'kept', failure: null }, { sender }, 0],
])('of a mail that %s: whether it can be sent again', (_what, changes, view, count) => {
  show({ mails: [{ ...failed, ...changes }], ...view });
  expect(screen.queryAllByRole('button', { name: 'Send again', hidden: true })).toHaveLength(count);
});

test('pressed, it asks for that mail, says what came of it, and the focus is not lost', async () => {
  const again = vi.fn(async (_: unknown, form: FormData) => ({ done: `Sent ${String(form.get('mail'))}.`, message: null }));
  const { container } = show({ mails: [failed], sender }, { again });
  container.querySelector('details')!.open = true;
  const button = screen.getByRole('button', { name: 'Send again', description: /ida@example.com.*Your sign-in link/ });
  await act(async () => { fireEvent.click(button); });
  expect(again).toHaveBeenCalledTimes(1);
  const said = screen.getByText('Sent 1.');
  expect([said.getAttribute('role'), document.activeElement]).toEqual(['status', said]);
});

test('what was given up stands there in plain words, with when, and can be tried again', async () => {
  const again = vi.fn(async (_: unknown, form: FormData) => ({ done: null, message: `Not ${String(form.get('job'))}.` }));
  show({ mails: [mail], sender }, { undone: [{ id: 'a', name: 'decision-mail', at }, { id: 'b', name: 'held-notice', at }], again });
  const items = within(screen.getByRole('list', { name: 'Not done' })).getAllByRole('listitem');
  expect(items.map((item) => item.querySelector('p')?.textContent)).toEqual([
    'Telling somebody what was decided about a comment Given up on 24 November 2026 at 09:30',
    'Telling moderators of a comment that waits Given up on 24 November 2026 at 09:30',
  ]);
  await act(async () => { fireEvent.click(within(items[1]!).getByRole('button', { name: 'Try again', description: /Telling moderators/ })); });
  expect(screen.getByRole('alert').textContent).toBe('Not b.');
});

test('where nothing was given up nothing is said of it', () => {
  show({ mails: [mail] });
  expect(screen.queryByRole('heading', { name: 'Not done' })).toBeNull();
});
