import { expect, test } from 'vitest';
import { parseBox, readBox } from '@/lib/comments/box';
import { TEXT_MAX_BYTES } from '@/lib/comments/schema';

const honest = { post: 'a-post', comment: 'Thank you.', name: 'Ines', email: 'Ines@Example.com', website: 'example.com' };

function box(given: Record<string, string | File>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...honest, ...given })) form.set(name, value);
  return readBox(form);
}

test('an honest comment passes, its address folded and its site completed', () => {
  const parsed = parseBox(box({}), { kind: 'guest' });
  expect(parsed).toMatchObject({ ok: true, value: { comment: 'Thank you.', guest: { name: 'Ines', email: 'ines@example.com', website: 'https://example.com' } } });
});

test('a signed-in person needs no name or address', () => {
  expect(parseBox(box({ name: '', email: '' }), { kind: 'person', isNamed: true })).toMatchObject({ ok: true, value: { guest: null } });
});

test.each([
  ['nothing', { comment: '' }, 'comment'],
  ['only blanks', { comment: ' \n\t ' }, 'comment'],
  ['65 526 bytes', { comment: 'a'.repeat(TEXT_MAX_BYTES + 1) }, 'comment'],
  ['as many bytes in fewer letters', { comment: 'ä'.repeat(TEXT_MAX_BYTES / 2 + 1) }, 'comment'],
  ['a NUL in the text', { comment: 'a\0b' }, 'comment'],
  ['a file as the text', { comment: new File(['x'], 'x.txt') }, 'comment'],
  ['no name', { name: '  ' }, 'name'],
  ['a name of 246', { name: 'n'.repeat(246) }, 'name'],
  ['a NUL in the name', { name: 'a\0b' }, 'name'],
  ['no address', { email: '' }, 'email'],
  ['an address that is none', { email: 'ines at example' }, 'email'],
  ['an address of 101', { email: `${'a'.repeat(89)}@example.com` }, 'email'],
  ['a script as the site', { website: 'javascript:alert(1)' }, 'website'],
  ['a site of 201', { website: `https://example.com/${'a'.repeat(181)}` }, 'website'],
  ['a site without a host', { website: 'https://nowhere' }, 'website'],
])('%s is refused with a sentence at its field', (_, given, field) => {
  const parsed = parseBox(box(given), { kind: 'guest' });
  expect(parsed).toMatchObject({ ok: false, code: 'invalid' });
  if (!parsed.ok) expect(Object.keys(parsed.fields ?? {})).toEqual([field]);
});

test('a lone surrogate is refused, should one ever arrive', () => {
  expect(parseBox({ ...box({}), comment: 'a\ud800b' }, { kind: 'guest' })).toMatchObject({ ok: false, fields: { comment: expect.any(String) } });
});

test.each([
  ['a text of 65 525 bytes', { comment: 'a'.repeat(TEXT_MAX_BYTES) }],
  ['a name of 245 letters beyond the basic plane', { name: '𝒜'.repeat(245) }],
  ['an address of 100', { email: `${'a'.repeat(60)}@${'b'.repeat(35)}.com` }],
  ['a site of 200', { website: `https://example.com/${'a'.repeat(180)}` }],
])('%s is taken', (_, given) => {
  expect(parseBox(box(given), { kind: 'guest' }).ok).toBe(true);
});

test('what was typed is kept as it was for the page that comes back', () => {
  expect(box({ comment: '<b>hello</b>\r\nyou', email: 'not an address' })).toMatchObject({ comment: '<b>hello</b>\nyou', email: 'not an address' });
});
