import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMailEvents } from '../../../lib/subscriptions/mail-events';

const email = 'ines@example.com';
const bounced = [{ email, reason: 'bounced' }];
const complained = [{ email, reason: 'complained' }];

test.each<[string, unknown, unknown]>([
  ['Postmark, bounced for good', { RecordType: 'Bounce', Type: 'HardBounce', Email: email }, bounced],
  ['Postmark, a full mailbox', { RecordType: 'Bounce', Type: 'SoftBounce', Email: email }, []],
  ['Postmark, a complaint', { RecordType: 'SpamComplaint', Type: 'SpamComplaint', Email: email }, complained],
  ['SendGrid, several', [{ event: 'delivered', email }, { event: 'bounce', type: 'bounce', email }, { event: 'spamreport', email }], [...bounced, ...complained]],
  ['SendGrid, blocked for now', [{ event: 'bounce', type: 'blocked', email }], []],
  ['Brevo', { event: 'hard_bounce', email: 'Ines@Example.com' }, bounced],
  ['Brevo, a complaint', { event: 'spam', email }, complained],
  ['Mailgun, for good', { signature: {}, 'event-data': { event: 'failed', severity: 'permanent', recipient: email } }, bounced],
  ['Mailgun, for now', { 'event-data': { event: 'failed', severity: 'temporary', recipient: email } }, []],
  ['Mailgun, a complaint', { 'event-data': { event: 'complained', recipient: email } }, complained],
  ['Resend', { type: 'email.bounced', data: { to: [email], bounce: { type: 'Permanent' } } }, bounced],
  ['Resend, a complaint', { type: 'email.complained', data: { to: [email] } }, complained],
  ['SES', { notificationType: 'Bounce', bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: `Ines <${email}>` }] } }, bounced],
  ['SES, for now', { notificationType: 'Bounce', bounce: { bounceType: 'Transient', bouncedRecipients: [{ emailAddress: email }] } }, []],
  ['SES through SNS', { Type: 'Notification', Message: JSON.stringify({ notificationType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: email }] } }) }, complained],
  ['something else', { hello: 'world' }, []],
  ['an empty array', [], []],
])('%s is read', (_, sent, events) => {
  expect(readMailEvents(JSON.stringify(sent))).toEqual(events);
});

test.each(['', 'no JSON', '"words"', '7', 'null'])('%j is no event', (body) => {
  expect(readMailEvents(body)).toBeNull();
});

test('whatever is sent, it is read or is nothing', () => {
  fc.assert(fc.property(fc.json(), (body) => {
    const events = readMailEvents(body);
    expect(events === null || events.every((event) => ['bounced', 'complained'].includes(event.reason))).toBe(true);
  }));
});
