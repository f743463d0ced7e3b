import { expect, test } from 'vitest';
import { looseWords } from '../../support/loose-words';
import { listSourceFiles } from '../../support/source-files';

/** Everything that people read goes through the catalogue; these folders do. */
const SPOKEN: string[] = [
  'app/(desk)/layout.tsx',
  'components/layout/document-shell.tsx',
  'components/media',
  'components/transfer',
  'lib/backup',
  'lib/media',
  'lib/transfer',
];

/** What is written for machines, or is no language: file, and the words. */
const NO_WORDS: readonly string[] = [
  'components/media/upload-media.ts Accept',
  'lib/media/file-kinds.ts audio/ogg; codecs=opus',
  'lib/media/guarded-fetch.ts Soapbox',
  'lib/media/picture-metadata.ts Adobe',
  'lib/media/picture-reading.ts Jpeg',
  'lib/media/picture-reading.ts Png',
  'lib/media/picture-reading.ts Webp',
  'lib/media/picture-reading.ts Nsgif',
  'lib/media/picture-reading.ts Heif',
  'lib/media/share-picture.ts Source Serif 4 SemiBold',
  'lib/media/store.ts The source of a file failed.',
  'lib/transfer/move.ts User',
  'lib/transfer/move.ts Category',
  'lib/transfer/move.ts Tag',
  'lib/transfer/move.ts Post',
  'lib/transfer/move.ts Redirect',
  'lib/transfer/move.ts Comment',
  'lib/transfer/resolve-comments.ts Comment',
  'lib/transfer/resolve-names.ts User',
  'lib/transfer/resolve-posts.ts Category',
  'lib/transfer/resolve-posts.ts Tag',
  'lib/transfer/resolve-posts.ts Post',
  'lib/transfer/resolve-posts.ts kind, number, title',
  'lib/transfer/staging-tables.ts , target uuid',
  'lib/transfer/export/rows.ts User',
  'lib/transfer/export/rows.ts Category',
  'lib/transfer/export/rows.ts Tag',
  'lib/transfer/export/rows.ts Post',
  'lib/transfer/export/rows.ts Comment',
  'lib/transfer/readers/file-kind.ts Disqus',
  'lib/transfer/readers/file-kind.ts Blogger',
  'lib/transfer/readers/file-kind.ts Ghost',
];

test('everything that people read stands in the catalogue', () => {
  const files = listSourceFiles().filter(({ path }) => SPOKEN.some((place) => path === place || path.startsWith(`${place}/`)));
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
