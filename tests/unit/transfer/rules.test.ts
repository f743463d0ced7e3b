import { expect, test } from 'vitest';
import { reportText } from '@/lib/transfer/report-text';
import { shownPart, SHOWN_CHARACTERS, blogSource, commentKindOf, commentStatusOf, cutTo, momentOf, MAX_SLUG, pathOfLink, postStatusOf, siteOf, slugFromName } from '@/lib/transfer/rules';

test.each([
  ['publish', false, 'published'], ['publish', true, 'password'], ['future', false, 'scheduled'], ['future', true, 'password'],
  ['private', true, 'private'], ['draft', true, 'draft'], ['auto-draft', false, 'draft'], ['pending', false, 'draft'], ['trash', true, 'trash'], ['inherit', false, null], ['', false, null],
] as const)('a post that is %s there (password: %s) is %s here', (status, hasPassword, here) => {
  expect(postStatusOf(status, hasPassword)).toBe(here);
});

test.each([['1', 'approved'], ['0', 'pending'], ['spam', 'spam'], ['trash', 'trash'], ['post-trashed', 'trash'], ['', null], ['2', null]])('comment_approved %s is %s', (approved, status) => {
  expect(commentStatusOf(approved)).toBe(status);
});

test.each([['', 'comment'], ['comment', 'comment'], ['pingback', 'mention'], ['trackback', 'mention'], ['note', null], ['order_note', null], ['review', null]])('a comment of type “%s” is %s', (type, kind) => {
  expect(commentKindOf(type)).toBe(kind);
});

test.each([
  ['2016-05-13 07:30:00', '2016-05-13T07:30:00.000Z'],
  ['Fri, 13 May 2016 07:30:00 +0200', '2016-05-13T05:30:00.000Z'],
  ['0000-00-00 00:00:00', null],
  ['Wed, 30 Nov -0001 00:00:00 +0000', null],
  ['2016-02-31 00:00:00', null],
  ['2016-13-01 00:00:00', null],
  ['yesterday', null],
  ['', null],
])('the date “%s” is %s', (text, iso) => {
  expect(momentOf(text)?.toISOString() ?? null).toBe(iso);
});

test.each([
  ['https://lantern.example/2016/05/13/caf%c3%a9/', '/2016/05/13/café'],
  ['https://lantern.example/2016/05/13/cafe%CC%81', '/2016/05/13/café'],
  ['https://lantern.example/?p=5', null],
  ['https://lantern.example/', null],
  ['not a link', null],
  [`https://lantern.example/${'x'.repeat(5_000)}`, null],
])('the old link %s is kept as %s', (link, path) => {
  expect(pathOfLink(link)).toBe(path);
});

test.each([
  ['https://www.Lantern.example/', 'wxr:lantern.example'],
  ['http://lantern.example', 'wxr:lantern.example'],
  ['http://lantern.example:8080/notes/', 'wxr:lantern.example:8080/notes'],
  ['', 'wxr:unknown'],
])('the blog at “%s” is known as %s', (address, source) => {
  expect(blogSource(address)).toBe(source);
});

test.each([
  ['https://bird.example/', 'https://bird.example/'],
  ['javascript:alert(1)', null],
  ['ftp://bird.example', null],
  ['bird.example', null],
  [`https://bird.example/${'x'.repeat(200)}`, null],
])('the site %s of a writer is linked as %s', (address, site) => {
  expect(siteOf(address, 200)).toBe(site);
});

test.each([['caf%c3%a9', 'café'], ['a/b?c', 'a-b-c'], ['..', ''], ['', ''], ['100%', '100']])('the name “%s” becomes the slug “%s”', (name, slug) => {
  expect(slugFromName(name)).toBe(slug);
});

test.each([
  ['dots within', `x${'.'.repeat(2_000_000)}x`, 'x'], ['dots before', `${'.'.repeat(2_000_000)}x`, ''], ['dashes within', `a${'-'.repeat(2_000_000)}z`, 'a'], ['spaces within', `a${' '.repeat(2_000_000)}z`, 'a-z'],
  ['an honest one with a sign after each word', `${'ä-'.repeat(1_000_000)}`, 'ä-'.repeat(MAX_SLUG / 2)], ['two halves of a character', '😀'.repeat(1_000_000), '😀'.repeat(MAX_SLUG)],
])('of a name of two million signs the beginning is a slug: %s', (_what, name, slug) => {
  expect(slugFromName(name)).toBe(slug);
});

test('a name as long as a slug may be is kept, as WordPress writes it', () => {
  expect(slugFromName(encodeURIComponent('日'.repeat(MAX_SLUG)))).toBe('日'.repeat(MAX_SLUG));
});

test('a text is cut by characters, never inside one', () => {
  expect(cutTo('😀😀😀', 2)).toBe('😀😀');
});

test('of an endless text as many whole lines are shown as fit, of an endless line as much as fits', () => {
  expect(shownPart('short\ntext')).toBe('short\ntext');
  expect(shownPart(`${'x'.repeat(SHOWN_CHARACTERS - 10)}\n${'y'.repeat(100)}`)).toBe('x'.repeat(SHOWN_CHARACTERS - 10));
  expect(shownPart('x'.repeat(SHOWN_CHARACTERS + 5)).length).toBe(SHOWN_CHARACTERS);
});

test('the table has a line for each kind and says how many more were not named', () => {
  const text = reportText({
    dryRun: true,
    source: 'wxr:lantern.example',
    rows: [{ kind: 'posts', cameIn: 12, alreadyHere: 0, skipped: 1 }],
    notes: [{ reason: 'Left out', count: 3, examples: [{ line: 7, what: 'this' }] }],
  });
  expect(text).toContain('Posts              12              0         1');
  expect(text).toContain('  Left out (3):\n    line 7: this\n    … and 2 more');
  expect(text).toContain('nothing was changed');
});
