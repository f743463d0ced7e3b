import { expect, test } from 'vitest';
import { parseProfile, readProfile, refusalToDelete, refusalToUnlink, toldState } from '@/lib/account/rules';
import { NAME_MAX_CHARACTERS } from '@/lib/comments/schema';

const profile = (given: Partial<{ name: string; website: string }>) => parseProfile({ name: 'Ines', website: '', showPicture: true, ...given });

test.each([
  ['Ines Müller', 'Ines Müller'],
  ['  Ines \n Müller ', 'Ines Müller'],
  ['山田 太郎', '山田 太郎'],
  ['مريم العلي', 'مريم العلي'],
  ['प्रिया शर्मा', 'प्रिया शर्मा'],
  ['נועה', 'נועה'],
  ['👩‍👧 Mama', '👩‍👧 Mama'],
  ['x', 'x'],
  ['字'.repeat(NAME_MAX_CHARACTERS), '字'.repeat(NAME_MAX_CHARACTERS)],
])('%s is a name', (typed, name) => {
  expect(profile({ name: typed })).toMatchObject({ ok: true, value: { name } });
});

test.each([[''], ['   '], ['\u200b\u2060'], ['\u00ad'], ['\u3164'], ['\u2800'], ['字'.repeat(NAME_MAX_CHARACTERS + 1)], ['a\u0000b'], ['\ud800']])('%j is no name, and a sentence says so', (name) => {
  const parsed = profile({ name });
  expect(parsed).toMatchObject({ ok: false, code: 'invalid' });
  expect(parsed.ok ? '' : parsed.fields?.name).toMatch(/^Please |^This contains/);
});

test.each([
  ['', ''],
  ['example.com', 'https://example.com'],
  ['http://example.com/me', 'http://example.com/me'],
])('a website %j is kept as %j', (typed, website) => {
  expect(profile({ website: typed })).toMatchObject({ ok: true, value: { website } });
});

test.each([['javascript:alert(1)'], ['ftp://example.com'], ['nowhere'], [`https://example.com/${'a'.repeat(200)}`]])('%s is no website', (website) => {
  expect(profile({ website })).toMatchObject({ ok: false, fields: { website: expect.any(String) as string } });
});

test('a file in place of a text counts as nothing, and an unticked box is off', () => {
  const form = new FormData();
  form.set('name', new File(['x'], 'x.txt'));
  expect(readProfile(form)).toEqual({ name: '', website: '', showPicture: false });
});

test.each([
  ['approved', false, 'published'],
  ['approved', true, 'published'],
  ['pending', false, 'waiting'],
  ['spam', false, 'waiting'],
  ['trash', false, 'waiting'],
  ['spam', true, 'not published'],
  ['trash', true, 'not published'],
] as const)('the writer of a comment that is %s (decided by a person: %s) is told: %s', (status, isDecided, told) => {
  expect(toldState(status, isDecided)).toBe(told);
});

test('the last owner and whoever has written posts cannot be deleted; everybody else can', () => {
  expect(refusalToDelete({ role: 'owner', posts: 0, owners: 1 })?.message).toContain('only owner');
  expect(refusalToDelete({ role: 'author', posts: 1, owners: 1 })?.message).toContain('a post on this blog. Hand it');
  expect(refusalToDelete({ role: 'author', posts: 3, owners: 1 })?.message).toContain('3 posts on this blog. Hand them');
  expect(refusalToDelete({ role: 'owner', posts: 0, owners: 2 })).toBeNull();
  expect(refusalToDelete({ role: 'reader', posts: 0, owners: 1 })).toBeNull();
});

test('the last way in stays, and a proven address is a way', () => {
  expect(refusalToUnlink({ logins: 1, hasProvenEmail: false })?.code).toBe('conflict');
  expect(refusalToUnlink({ logins: 1, hasProvenEmail: true })).toBeNull();
  expect(refusalToUnlink({ logins: 2, hasProvenEmail: false })).toBeNull();
});
