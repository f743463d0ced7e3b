import { expect, test } from 'vitest';
import { looseWords } from '../../support/loose-words';
import { listSourceFiles } from '../../support/source-files';

/** Everything that people read goes through the catalogue; these folders do. */
const SPOKEN: string[] = [
  'app', 'components/comments', 'components/layout/document-shell.tsx', 'components/layout/site-footer.tsx', 'components/layout/site-header.tsx', 'components/layout/theme-switch.tsx', 'components/ui', 'lib/comments',
  'server/gate.ts', 'server/refusal.ts', 'server/send.ts', 'server/next-answer.ts', 'server/respond.ts', 'server/readers-pages.ts', 'server/json-body.ts',
  'server/media-files.ts', 'server/media-uploads.ts', 'server/moving.ts', 'server/downloads.ts', 'server/desk-live.ts',
  'components/posts', 'components/notifications', 'lib/posts', 'lib/notifications', 'lib/reads', 'lib/text',
  'components/identity', 'lib/identity', 'components/account', 'components/people', 'lib/account', 'lib/people',
  'components/media', 'components/transfer', 'lib/backup', 'lib/media', 'lib/transfer', 'components/moderation', 'lib/moderation', 'components/site', 'lib/site', 'components/editor', 'components/editor-screen', 'components/subscriptions', 'lib/subscriptions',
];

/** Words of many languages, by which something is found in what people write. */
const LEXICONS = ['lib/site/social.ts', 'lib/moderation/spam-start.ts', 'lib/moderation/spam-signs.ts', 'lib/text/children-at-school.ts', 'lib/text/email-addresses.ts', 'lib/text/kept-words.ts', 'lib/text/phone-numbers.ts', 'lib/text/postal-addresses.ts'];

/** What is written for machines, or is no language: file, and the words. */
const NO_WORDS: readonly string[] = [
  'components/editor/editor-toolbar.tsx Ctrl', 'components/editor/nodes.ts table, dl, details, div, section, aside, audio, video, figure',
  'components/editor/paste.ts script, style, meta, link, title, head, template, noscript, svg, button, input, select, textarea, fo',
  'components/posts/click-to-load.enhance.ts autoplay; encrypted-media; fullscreen; picture-in-picture',
  'server/next-answer.ts Internal Server Error',
  'server/send.ts HTTP/1.1 … …Content-Type: … Content-Length: … Connection: close …', 'server/send.ts Connection', 'server/send.ts 431 Request Header Fields Too Large', 'server/send.ts 400 Bad Request',
  'lib/posts/structured-data.ts Person', 'lib/posts/structured-data.ts Blog', 'lib/posts/structured-data.ts Comment',
  'lib/posts/rules.ts Facebook', 'lib/posts/rules.ts Bluesky',
  'lib/notifications/letter-html.tsx width=device-width, initial-scale=1', "lib/notifications/letter-html.tsx system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
  "lib/notifications/letter-html.tsx Georgia, 'Times New Roman', serif", 'lib/notifications/letter-html.tsx ui-monospace, Menlo, Consolas, monospace',
  'lib/notifications/rules.ts RCPT TO', 'lib/subscriptions/lists.ts Ghost', 'lib/subscriptions/lists.ts Substack', 'lib/subscriptions/mail-events.ts Bounce', 'lib/subscriptions/mail-events.ts Notification',
  'lib/identity/schema.ts Google', 'lib/identity/schema.ts Twitter', 'lib/identity/schema.ts Facebook', 'lib/identity/provider-setup.ts Google Auth Platform',
  'lib/identity/provider-setup.ts X developer console', 'lib/identity/provider-setup.ts Meta for Developers',
  // On the command line, or for the log.
  'lib/identity/commands.ts “…” is not an e-mail address.', 'lib/identity/sign-in-links.ts “…” is not an e-mail address.',
  'lib/identity/commands.ts Nobody here has the address ….', 'lib/identity/sign-in-links.ts Nobody here has the address …. Give them a role first: npm run people -- grant … reader', 'lib/identity/signing-in.ts The provider said no.',
  'components/identity/login-settings.tsx .env', 'components/identity/login-settings.tsx SMTP_URL', 'components/identity/sign-in-form.tsx npm run people -- sign-in-link you@example.com',
  'lib/text/players.ts Vimeo',
  'lib/text/responsive.ts min(…px, calc(100vw - …px))',
  'components/media/upload-media.ts Accept', 'lib/media/guarded-fetch.ts Soapbox', 'lib/media/picture-metadata.ts Adobe', 'lib/media/picture-reading.ts Jpeg',
  'lib/media/picture-reading.ts Png', 'lib/media/picture-reading.ts Webp', 'lib/media/picture-reading.ts Nsgif', 'lib/media/picture-reading.ts Heif',
  'lib/media/share-picture.ts Source Serif 4 SemiBold', 'lib/media/share-picture.ts Noto Naskh Arabic SemiBold', 'lib/media/share-picture.ts Noto Serif Hebrew SemiBold', 'lib/media/store.ts The source of a file failed.',
  'lib/site/schema.ts Soapbox',
  'lib/transfer/resolve-posts.ts kind, number, title', 'lib/transfer/staging-tables.ts , target uuid', 'lib/transfer/readers/file-kind.ts Disqus', 'lib/transfer/readers/file-kind.ts Blogger',
  'lib/transfer/readers/file-kind.ts Ghost',
  // Names of tables.
  'lib/transfer/move.ts User', 'lib/transfer/move.ts Category', 'lib/transfer/move.ts Tag', 'lib/transfer/move.ts Post', 'lib/transfer/move.ts Redirect', 'lib/transfer/move.ts Comment', 'lib/transfer/move.ts Mention',
  'lib/transfer/resolve-comments.ts Comment', 'lib/transfer/resolve-names.ts User', 'lib/transfer/resolve-posts.ts Category', 'lib/transfer/resolve-posts.ts Tag',
  'lib/transfer/resolve-posts.ts Post', 'lib/transfer/export/rows.ts User', 'lib/transfer/export/rows.ts Category', 'lib/transfer/export/rows.ts Tag', 'lib/transfer/export/rows.ts Post',
  'lib/transfer/export/rows.ts Comment',
  'lib/moderation/spam-features.ts in link …', 'lib/moderation/card-context.ts UNION ALL', 'lib/moderation/queue-search.ts UNION ALL', 'lib/moderation/akismet.ts Thanks',
  'components/moderation/akismet-state.tsx Akismet',
  'components/moderation/desk-keys.ts input, textarea, select, [contenteditable]:not([contenteditable="false"])',
  'components/moderation/replies-keys.ts input, textarea, select, [contenteditable]:not([contenteditable="false"])',
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
