import { expect, test } from 'vitest';
import { looseWords } from '../../support/loose-words';
import { listSourceFiles } from '../../support/source-files';

/** Everything that people read goes through the catalogue; these folders do. */
const SPOKEN: string[] = [
  'app/(desk)',
  'components/layout/document-shell.tsx',
  'components/posts', 'components/notifications', 'lib/posts', 'lib/notifications', 'lib/reads', 'lib/text',
  'components/account', 'components/people', 'lib/account', 'lib/people',
];

/** Words of many languages, by which something is found in what people write. */
const LEXICONS = ['lib/text/children-at-school.ts', 'lib/text/email-addresses.ts', 'lib/text/kept-words.ts', 'lib/text/phone-numbers.ts', 'lib/text/postal-addresses.ts'];

/** What is written for machines, or is no language: file, and the words. */
const NO_WORDS: readonly string[] = [
  'components/posts/click-to-load.enhance.ts autoplay; encrypted-media; fullscreen; picture-in-picture',
  'lib/posts/structured-data.ts Person', 'lib/posts/structured-data.ts Blog', 'lib/posts/structured-data.ts Comment',
  'lib/notifications/letter.ts width=device-width, initial-scale=1',
  'lib/notifications/rules.ts RCPT TO',
  'app/(desk)/account/data/route.ts application/json; charset=utf-8',
  'app/(desk)/csv-answer.ts text/csv; charset=utf-8; header=present',
  'app/(desk)/file-answer.ts attachment; filename="…"',
  'app/(desk)/file-answer.ts private, no-store',
  'lib/text/players.ts Vimeo',
  'lib/text/responsive.ts min(…px, calc(100vw - …px))',
];

test('everything that people read stands in the catalogue', () => {
  const files = listSourceFiles().filter(({ path }) => SPOKEN.some((place) => path === place || path.startsWith(`${place}/`)) && !LEXICONS.includes(path));
  const loose = files.flatMap(looseWords).filter((one) => !NO_WORDS.includes(one.replace(/:\d+ /, ' ')));
  expect(loose).toEqual([]);
});

test.each([
  ['text', 'export const x = <p>Hello</p>;'],
  ['an attribute', 'export const x = <a aria-label="Close">{y}</a>;'],
  ['a sentence', "export const x = fail('invalid', 'Please choose one.');"],
  ['a sentence with a value', 'export const x = `Reply to ${name}`;'],
  ['a name', "export const x = { pending: 'Pending' };"],
])('%s outside of it is found', (_what, text) => {
  expect(looseWords({ path: 'components/x.tsx', text })).toHaveLength(1);
});

test.each([
  "export const x = <p className=\"one two\">{t('ui.x')}</p>;",
  "throw new Error('This cannot be so.');",
  "log.warn({ err: error }, 'It could not be read.');",
  'const rows = await tx.$queryRaw`SELECT id FROM "Post"`;',
  "if (event.key === 'Enter') go();",
])('%s says nothing to readers', (text) => {
  expect(looseWords({ path: 'components/x.tsx', text })).toEqual([]);
});
