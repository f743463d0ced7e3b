import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { WebhooksScreen } from '@/components/webhooks/webhooks-screen';
import type { DeliveryView, WebhooksView, WebhookView } from '@/lib/webhooks/queries';
import { NOTHING_CHANGED, type WebhooksState } from '@/lib/webhooks/schema';

const at = new Date('2026-11-27T12:00:00Z');
const webhook: WebhookView = { id: 'w', url: 'https://hooks.example/a', events: ['commentCreated', 'postPublished'], isOn: true, stopped: null, secretMadeAt: at };
const delivery: DeliveryView = { id: 'd', url: 'https://hooks.example/a', event: 'commentCreated', at, state: 'waiting', answer: null, failure: null, tries: 0, nextTryAt: at, deliveredAt: null };
const nothing: WebhooksView = { webhooks: [], deliveries: [], next: null, deadCount: 0 };

function show(view: Partial<WebhooksView> = {}, answer: Partial<WebhooksState> = {}, isFirstPage = true) {
  const sent: Record<string, unknown>[] = [];
  const action = async (_: WebhooksState, form: FormData) => {
    sent.push({ ...Object.fromEntries(form), events: form.getAll('events') });
    return { ...NOTHING_CHANGED, ...answer };
  };
  render(<WebhooksScreen view={{ ...nothing, ...view }} isFirstPage={isFirstPage} action={action} counts={{ pending: 0, approved: 0, spam: 0, trash: 0, all: 0 }} site={{ language: 'en', timeZone: 'UTC' }} person={{ userId: 'u', name: 'Marlene', role: 'owner' }} signOut={async () => undefined} />);
  return sent;
}

test('without a webhook the page says so, and offers all that one can be told of', () => {
  show();
  expect(screen.getByText('Nobody is told of anything yet.')).toBeTruthy();
  expect(screen.getAllByRole<HTMLInputElement>('checkbox').map(({ value, checked }) => [value, checked])).toEqual([['commentCreated', true], ['commentDecided', true], ['postPublished', true]]);
  expect(screen.getByRole('link', { name: 'Webhooks', current: 'page' })).toBeTruthy();
});

test.each([
  [{}, 'It is sent in a moment.'],
  [{ failure: 'refused', answer: 500, tries: 2 }, 'The answer was 500, and not a yes. 2 tries. It is tried again on 27 November 2026 at 12:00.'],
  [{ state: 'delivered', answer: 204, tries: 1, deliveredAt: at, nextTryAt: null }, 'Delivered on 27 November 2026 at 12:00. Answered 204. One try.'],
  [{ state: 'dead', failure: 'silent', tries: 9, nextTryAt: null }, 'Nobody answered at this address. 9 tries. It is not tried again by itself.'],
  [{ state: 'dead', failure: 'inside', tries: 9, nextTryAt: null }, 'This address leads into a private network, and is not asked. 9 tries. It is not tried again by itself.'],
  [{ state: 'lost' }, 'It was not sent in its time, and is not sent any more by itself.'],
] as const)('a message that stands so, %o, says: %s', (given, words) => {
  show({ webhooks: [webhook], deliveries: [{ ...delivery, ...given }] });
  expect(within(screen.getByRole('list', { name: 'Messages' })).getByRole('listitem').textContent?.replace(/\s+/g, ' ')).toContain(words);
});

test.each([['dead', 'Switched off by the blog: 10 messages in a row could not be delivered.'], ['gone', 'Switched off by the blog: the address said that it is gone for good.']] as const)('a webhook that the blog switched off says why (%s), and how many messages were given up', (stopped, words) => {
  show({ webhooks: [{ ...webhook, isOn: false, stopped }], deadCount: 12 });
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByText('12 messages of the last 30 days could not be delivered. Below it says why.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Switch on https://hooks.example/a' })).toBeTruthy();
});

test.each([
  ['Send a test to https://hooks.example/a', { act: 'test', id: 'w' }], ['Switch off https://hooks.example/a', { act: 'switchOff', id: 'w' }],
  ['Make a new secret for https://hooks.example/a', { act: 'newSecret', id: 'w' }], ['Delete the webhook https://hooks.example/a', { act: 'delete', id: 'w' }],
  ['Send again: A comment is written, to https://hooks.example/a', { act: 'again', id: 'd' }],
])('the button “%s” sends what it says', async (name, what) => {
  const sent = show({ webhooks: [webhook], deliveries: [delivery] }, { done: 'Done so.' });
  for (const summary of screen.queryAllByText(/^(New secret|Delete)$/)) await userEvent.click(summary);
  await userEvent.click(screen.getByRole('button', { name }));
  expect(await screen.findByText('Done so.')).toBeTruthy();
  expect(sent).toMatchObject([what]);
});

test('a new secret is shown with whose it is, to be taken by hand', async () => {
  const sent = show({}, { done: 'Added.', secret: { url: 'https://hooks.example/a', secret: 'whsec_abc' } });
  await userEvent.type(screen.getByRole('textbox', { name: 'Address (required)' }), 'https://hooks.example/a');
  await userEvent.click(screen.getByRole('checkbox', { name: 'A comment is decided on' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add webhook' }));
  const secret = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Secret of https://hooks.example/a' });
  expect([secret.value, secret.readOnly]).toEqual(['whsec_abc', true]);
  expect(sent).toMatchObject([{ act: 'add', url: 'https://hooks.example/a', events: ['commentCreated', 'postPublished'] }]);
});

test('what is refused stands at its field, with what was typed', async () => {
  show({}, { fields: { url: 'Not so.', events: 'One at least.' }, entered: { url: 'http://x', events: ['postPublished'] } });
  await userEvent.click(screen.getByRole('button', { name: 'Add webhook' }));
  expect(await screen.findByText('Not so.')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Address (required)' }).value).toBe('http://x');
  expect(screen.getAllByRole<HTMLInputElement>('checkbox').filter(({ checked }) => checked).map(({ value }) => value)).toEqual(['postPublished']);
});

test('older messages are on further pages', () => {
  show({ deliveries: [delivery], next: 'd' }, {}, false);
  expect(screen.getByRole('link', { name: 'Older messages' }).getAttribute('href')).toBe('/admin/webhooks?after=d');
  expect(screen.getByRole('link', { name: 'Newest messages' }).getAttribute('href')).toBe('/admin/webhooks');
});
