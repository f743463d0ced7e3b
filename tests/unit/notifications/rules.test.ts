import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureSentence, isRefusedForGood, mailServerOf, mailState, maySendAgain, oneLine, partsOfText, senderOf, subjectLine } from '../../../lib/notifications/rules';
import { FAILURE_MAX_CHARACTERS, MAIL_STATES, SUBJECT_MAX_CHARACTERS } from '../../../lib/notifications/schema';

const now = new Date('2026-11-25T12:00:00Z');
const before = new Date('2026-11-25T11:00:00Z');
const after = new Date('2026-11-25T13:00:00Z');

test.each([
  ['sent, whatever else is so', { sentAt: before, expires: before, failure: 'x' }, true, 'sent'],
  ['expired, though it waits', { sentAt: null, expires: now, failure: null }, true, 'expired'],
  ['waiting', { sentAt: null, expires: after, failure: null }, true, 'waiting'],
  ['waiting for another try', { sentAt: null, expires: null, failure: 'x' }, true, 'waiting'],
  ['failed', { sentAt: null, expires: null, failure: 'x' }, false, 'failed'],
  ['kept', { sentAt: null, expires: null, failure: null }, false, 'kept'],
] as const)('a mail is %s', (_what, facts, isQueued, state) => {
  expect(mailState(facts, isQueued, now)).toBe(state);
});

test.each(MAIL_STATES.flatMap((state) => ['Words.', ''].map((text) => [state, text] as const)))('a mail that is %s with the words “%s” is sent again only if it failed and has words', (state, text) => {
  expect(maySendAgain({ state, text })).toBe(state === 'failed' && text === 'Words.');
});

test('a subject is one line without control characters, as long as its column at most', () => {
  expect(subjectLine('  Sign in\r\nBcc: everybody@example.com\u2028 x\0\u0007 ')).toBe('Sign in Bcc: everybody@example.com x');
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (words) => {
    const line = oneLine(words, SUBJECT_MAX_CHARACTERS);
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect([...line].length).toBeLessThanOrEqual(SUBJECT_MAX_CHARACTERS);
    expect(oneLine(line, SUBJECT_MAX_CHARACTERS)).toBe(line.trim());
  }));
});

test.each([
  ['blog@example.com', { name: '', address: 'blog@example.com' }],
  ['Our blog <blog@example.com>', { name: 'Our blog', address: 'blog@example.com' }],
  ['"Our, blog" <blog@example.com> ', { name: 'Our, blog', address: 'blog@example.com' }],
  ['<blog@example.com>', { name: '', address: 'blog@example.com' }],
])('MAIL_FROM=%s', (from, sender) => expect(senderOf(from)).toEqual(sender));

test.each([
  ['smtp://mail.example.com:587', 'true'],
  ['smtp://name:password@10.0.0.7', 'true'],
  ['smtp://mail.example.com?requireTLS=false', 'false'],
  ['smtp://mail.example.com?ignoreTLS=true', null],
  ['smtp://mail.example.com?ignoreTLS=false', 'true'],
  ['smtp://localhost.example.com', 'true'],
  ['smtp://localhost:2525', null],
  ['smtp://127.0.0.1:2525', null],
  ['smtp://[::1]:2525', null],
  ['smtps://mail.example.com', null],
])('TLS is asked of the server at %s: %s', (address, asked) => {
  const { searchParams } = mailServerOf(address, { socketTimeout: 5 });
  expect([searchParams.get('requireTLS'), searchParams.get('socketTimeout')]).toEqual([asked, '5']);
});

test.each([
  [{ command: 'RCPT TO', responseCode: 550 }, true],
  [{ command: 'DATA', responseCode: 554 }, true],
  [{ command: 'RCPT TO', responseCode: 450 }, false],
  // What the owner can set right.
  [{ command: 'MAIL FROM', responseCode: 550 }, false],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false],
  [{ code: 'ESOCKET' }, false],
])('after %j a mail is given up: %s', (error, isForGood) => expect(isRefusedForGood(error)).toBe(isForGood));

test.each([
  [{ code: 'ESOCKET', command: 'CONN' }, 'The mail server does not answer.'],
  [{ message: 'Unexpected socket close' }, 'The mail server does not answer.'],
  [{ code: 'ESOCKET', command: 'CONN', message: 'self-signed certificate' }, 'The certificate of the mail server is wrong or not trusted, so nothing was sent to it.'],
  [{ code: 'ESOCKET', command: 'CONN', message: "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list" }, 'The certificate of the mail server is wrong or not trusted, so nothing was sent to it.'],
  [{ code: 'ETLS', command: 'STARTTLS', message: 'Error upgrading connection with STARTTLS' }, 'No safe connection to the mail server could be made, so nothing was sent to it.'],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', response: '535 5.7.8 no' }, 'The mail server did not accept the name and password in SMTP_URL. It said: “535 5.7.8 no”.'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '550 no\r\nsuch user' }, 'The mail server does not take mails to this address. It said: “550 no such user”.'],
  [{ code: 'EENVELOPE', command: 'MAIL FROM' }, 'The mail server does not take mails from this sender.'],
  [{ code: 'EMESSAGE', command: 'DATA' }, 'The mail server refused this mail.'],
  [{}, 'The mail could not be handed to the mail server.'],
])('%j is told as: %s', (error, sentence) => expect(failureSentence(error)).toBe(sentence));

test('a long answer of a server is cut to what its column holds', () => {
  for (const error of [{ code: 'EAUTH' }, { command: 'DATA' }, { command: 'RCPT TO' }, {}]) {
    const sentence = failureSentence({ ...error, response: 'x'.repeat(2_000) });
    expect([...sentence].length).toBeLessThanOrEqual(FAILURE_MAX_CHARACTERS);
    expect(sentence).toMatch(/x”\.$/);
  }
});

test('addresses of this blog in a text are links, all others are words', () => {
  const text = 'Go to https://blog.example/a?b=1. Not to https://blog.example.evil/a, http://blog.example/a or javascript:alert(1) (https://blog.example/c).';
  const parts = partsOfText(text, 'https://blog.example');
  expect(parts.filter(({ href }) => href)).toEqual([
    { text: 'https://blog.example/a?b=1', href: 'https://blog.example/a?b=1' },
    { text: 'https://blog.example/c', href: 'https://blog.example/c' },
  ]);
  expect(partsOfText('https://blog.example@evil.example/ https://evil.example/https://blog.example/', 'https://blog.example').filter(({ href }) => href)).toEqual([]);
});

test('the pieces of a text are the text, and every link is of this blog', () => {
  const piece = fc.oneof(fc.constantFrom('https://blog.example/', 'https://blog.example', 'http://x', '@', '.', ' ', '\n', ')', 'https://'), fc.string());
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const text = pieces.join('');
    const parts = partsOfText(text, 'https://blog.example');
    expect(parts.map((part) => part.text).join('')).toBe(text);
    for (const { href } of parts) if (href !== null) expect(new URL(href).origin).toBe('https://blog.example');
  }));
});
