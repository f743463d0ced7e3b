import { expect, test } from 'vitest';
import { readProfile } from '@/lib/identity/profiles';
import { pathHere, refusalToSignIn, sentenceOfSignIn, suggestedName, userAgentOf, withQuery } from '@/lib/identity/rules';
import { NOT_JOINED, SIGN_IN_FAILURES, type Stated } from '@/lib/identity/schema';

const stated = (isEmailProven: boolean): Stated => ({ id: '1', name: 'Ada', email: 'ada@example.net', isEmailProven, picture: null });

test.each([
  ['somebody new', true, null, null, null, null],
  ['somebody known', false, 'ada', null, null, null],
  ['somebody known whose address another holds', false, 'ada', null, 'eve', null],
  ['a proven address that is known here', true, null, null, 'ada', null],
  ['an unproven address that is known here', false, null, null, 'ada', 'same-email'],
  ['an unproven address nobody has', false, null, null, null, null],
  ['a login added by a signed-in person', false, null, 'ada', null, null],
  ['a login they have added before', false, 'ada', 'ada', null, null],
  ['a login of somebody else', true, 'eve', 'ada', null, 'other-person'],
  ['a login whose address another holds', false, null, 'ada', 'eve', null],
] as const)('%s: proven %s, login of %s, added by %s, address of %s → %s', (_, isProven, linkedTo, linking, holder, refusal) => {
  expect(refusalToSignIn(stated(isProven), linkedTo, linking, holder)).toBe(refusal);
});

test.each([
  ['/posts/a/reply', '/posts/a/reply'], ['/sign-in?to=%2Faccount#x', '/sign-in?to=%2Faccount#x'], ['/', '/'],
  ['//evil.test/', '/'], ['/\\evil.test', '/'], ['\\\\evil.test', '/'], ['https://evil.test/', '/'], ['javascript:alert(1)', '/'],
  ['/a\\b', '/'], ['/\t/evil.test', '/'], ['/\n/evil.test', '/'], ['', '/'], [undefined, '/'], [['/a'], '/'], ['account', '/'], ['/..//evil.test', '/'],
])('%j leads to %s', (asked, path) => {
  expect(pathHere(asked)).toBe(path);
});

test('a path is what it was, with one more word', () => {
  expect(withQuery('/posts/a/reply/b?x=1#respond', { login: 'cancelled' })).toBe('/posts/a/reply/b?x=1&login=cancelled#respond');
});

test('every failure has a sentence that names the provider, and nothing else has one', () => {
  for (const failure of [...SIGN_IN_FAILURES, NOT_JOINED]) expect(sentenceOfSignIn(failure, 'google')).toMatch(failure === 'expired' ? /link/ : /Google/);
  expect(sentenceOfSignIn('failed', '<b>')).not.toContain('<');
  for (const said of ['nonsense', undefined, ['failed'], 'toString']) expect(sentenceOfSignIn(said, 'google')).toBeNull();
});

test.each([
  ['ines.maria@example.com', 'Ines Maria'], ['ada@example.com', 'Ada'], ['j_k-l99@example.com', 'J K L'], ['ada+blog@example.com', 'Ada'], ['123@example.com', ''], [null, ''],
])('somebody with the address %s is proposed the name “%s”', (email, name) => {
  expect(suggestedName(email)).toBe(name);
});

test('of a browser’s name plain letters are kept, and not many', () => {
  expect(userAgentOf('Mozilla/5.0\0\r\n(ä)')).toBe('Mozilla/5.0()');
  expect(userAgentOf('x'.repeat(1_000))).toHaveLength(300);
  expect(userAgentOf(null)).toBe('');
});

test('Google says whether an address is proven, and only by a true', () => {
  const claims = { sub: '1', name: ' Ada \n Marsh ', email: 'ADA@Example.net', picture: 'https://p.example/a.jpg' };
  expect(readProfile.google({ ...claims, email_verified: true })).toEqual({ id: '1', name: 'Ada Marsh', email: 'ada@example.net', isEmailProven: true, picture: 'https://p.example/a.jpg' });
  for (const email_verified of [false, 'true', 1, undefined]) expect(readProfile.google({ ...claims, email_verified }).isEmailProven).toBe(false);
});

test('Twitter gives no address, and its picture not as a thumbnail', () => {
  const data = { id: '2', name: 'Tove', profile_image_url: 'https://pbs.example/x/tove_normal.jpg' };
  expect(readProfile.twitter({ data })).toEqual({ id: '2', name: 'Tove', email: null, isEmailProven: false, picture: 'https://pbs.example/x/tove_400x400.jpg' });
});

test('Facebook states an address without saying that it is proven', () => {
  const profile = { id: 3, name: 'Femi', email: 'femi@example.net', picture: { data: { url: 'https://p.example/f' } } };
  expect(readProfile.facebook(profile)).toEqual({ id: '3', name: 'Femi', email: 'femi@example.net', isEmailProven: false, picture: 'https://p.example/f' });
});

test.each(['google', 'twitter', 'facebook'] as const)('%s without an id is nobody, and what is no name or address is none', (provider) => {
  for (const nobody of [{}, { name: 'Ada' }, { id: '', sub: ' ' }, { data: null }]) expect(() => readProfile[provider](nobody)).toThrow(TypeError);
  const odd = { id: '9', sub: '9', name: { toString: 1 }, email: ['a@b.example'], picture: 5 };
  expect(readProfile[provider](odd)).toEqual({ id: '9', name: null, email: null, isEmailProven: false, picture: null });
});

test('a name is one line of what is written, and no longer than a name may be', () => {
  expect(readProfile.google({ sub: '1', name: '\u202eevil\u0000\u200b name\r\nBcc: x' }).name).toBe('evil name Bcc: x');
  expect([...(readProfile.google({ sub: '1', name: '𝒳'.repeat(400) }).name ?? '')]).toHaveLength(245);
});

test('an address with the sign of the Kelvin is not the one with a k', () => {
  expect(readProfile.google({ sub: '1', email: 'mar\u212A@example.net', email_verified: true }).email).toBeNull();
  expect(readProfile.google({ sub: '1', email: 'MARK@example.net', email_verified: true }).email).toBe('mark@example.net');
});

test.each(['\u3164', '\u2800', '\u115F \u1160', '\u200B'])('a name in which nothing can be seen (%j) is none', (name) => {
  expect(readProfile.twitter({ data: { id: '2', name } }).name).toBeNull();
});
