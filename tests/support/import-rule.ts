import { listImports, type Import, type SourceFile } from './source-files';

/** The four files of a domain, and the extra ones named by their idea; an unlisted extra file stands with the rules. */
const LEVEL = { schema: 0, rules: 1, queries: 2, steps: 2.5, commands: 3 } as const;
const EXTRA_FILES: Record<string, number> = {
  'lib/comments/counts': LEVEL.queries,
  'lib/comments/old-pages': LEVEL.queries,
  'lib/comments/feeds': LEVEL.steps, // asks what is public
  'lib/comments/news-count': LEVEL.steps, // asks what is public
  'lib/comments/locks': LEVEL.queries, // a step of commands, inside their transactions
  'lib/comments/discussion': LEVEL.queries,
  'lib/posts/lists': LEVEL.queries,
  'lib/posts/feeds': LEVEL.queries,
  'lib/posts/feed-documents': LEVEL.commands, // asks several domains' queries
  'lib/posts/search': LEVEL.queries,
  'lib/posts/search-words': LEVEL.queries,
  'lib/posts/related': LEVEL.queries,
  'lib/posts/search-eras': LEVEL.queries,
  'lib/posts/searching': LEVEL.queries, // what all searches of readers share
  'lib/comments/search': LEVEL.steps, // asks what is public, and searches as posts are searched
  'lib/posts/sitemaps': LEVEL.queries,
  'lib/posts/structured-data': LEVEL.queries, // of another domain's rules
  'lib/posts/share-pictures': LEVEL.steps, // asks how the blog looks
  'lib/media/share-picture': LEVEL.queries,
  'lib/posts/private-details': LEVEL.queries,
  'lib/posts/desk': LEVEL.queries,
  'lib/posts/desk-list': LEVEL.queries,
  'lib/posts/authors': LEVEL.queries,
  'lib/posts/under-way': LEVEL.queries,
  'lib/posts/editing': LEVEL.commands, // saves of the editor
  'lib/posts/publishing': LEVEL.commands, // its acts
  'lib/posts/embedding': LEVEL.commands, // what the editor asks for while it is open
  'lib/posts/publish-job': LEVEL.commands,
  'lib/posts/trash': LEVEL.commands,
  'lib/posts/handing-over': LEVEL.commands,
  'lib/posts/editor': LEVEL.queries, // what the editor opens with
  'lib/posts/blank-post': LEVEL.queries,
  'lib/posts/revision-sizes': LEVEL.queries,
  'lib/posts/presence': LEVEL.queries, // steps of commands, inside their transactions
  'lib/posts/revisions': LEVEL.queries,
  'lib/posts/terms': LEVEL.queries, // steps of commands, inside their transactions
  'lib/posts/slugs': LEVEL.queries,
  'lib/posts/menu': LEVEL.queries,
  'lib/posts/working-copy': LEVEL.queries, // steps of commands, inside their transactions
  'lib/posts/post-text': LEVEL.steps, // asks what is kept
  'lib/posts/publication': LEVEL.queries, // days of the blog's calendar
  'lib/posts/keeping-revisions': LEVEL.queries, // steps of commands, inside their transactions
  'lib/posts/preview': LEVEL.steps, // asks what is kept
  'lib/posts/previewing': LEVEL.commands,
  'lib/posts/unlocking': LEVEL.commands,
  'lib/posts/locked': LEVEL.queries,
  'lib/posts/keys': LEVEL.rules + 0.5, // who may read a post: asked by other domains' queries
  'lib/posts/pictures': LEVEL.queries, // of what sizes there are
  'lib/posts/old-files': LEVEL.steps, // asks what is kept
  'lib/transfer/move': LEVEL.commands, // moves by SQL
  'lib/transfer/move-addresses': LEVEL.commands,
  'lib/posts/old-addresses': LEVEL.commands, // asks several domains' queries
  'lib/site/closing': LEVEL.queries - 0.5, // one number, for queries of other domains
  'lib/site/settings': LEVEL.commands,
  'lib/site/identity': LEVEL.queries, // icon, picture, social links of the readers' pages
  'lib/site/first-steps': LEVEL.commands, // asks several domains' queries
  'lib/site/dashboard': LEVEL.commands, // asks several domains' queries
  'lib/site/sample': LEVEL.commands,
  'lib/comments/unanswered': LEVEL.queries,
  'lib/comments/unanswered-count': LEVEL.queries - 0.5, // one number, for queries of other domains
  'lib/comments/daily': LEVEL.queries,
  'lib/comments/no-reply': LEVEL.commands,
  'lib/reads/counting': LEVEL.commands,
  'lib/site/health': LEVEL.queries, // reads the process
  'lib/site/health-facts': LEVEL.commands, // asks several domains' queries
  'lib/account/data': LEVEL.queries,
  'lib/account/deletion': LEVEL.commands,
  'lib/account/profile': LEVEL.commands,
  'lib/comments/pseudonyms': LEVEL.queries, // steps of commands, inside their transactions
  'lib/comments/own': LEVEL.queries,
  'lib/comments/erase': LEVEL.queries,
  'lib/people/history': LEVEL.queries,
  'lib/people/people-log': LEVEL.queries,
  'lib/people/standing-mail': LEVEL.commands,
  'lib/people/warning': LEVEL.commands,
  'lib/account/warning': LEVEL.commands,
  'lib/people/invitations': LEVEL.commands,
  'lib/comments/drafts': LEVEL.commands,
  'lib/comments/limits': LEVEL.queries, // steps of a command
  'lib/comments/noticed': LEVEL.queries,
  'lib/comments/flood': LEVEL.queries,
  'lib/comments/asking-akismet': LEVEL.commands,
  'lib/comments/verdict': LEVEL.queries, // a step of a command, inside its transaction
  'lib/moderation/screening-rules': LEVEL.queries,
  'lib/moderation/rules-view': LEVEL.queries,
  'lib/moderation/past-comments': LEVEL.queries,
  'lib/moderation/try-rules': LEVEL.queries,
  'lib/moderation/set-rules': LEVEL.commands,
  'lib/moderation/spam-knowledge': LEVEL.rules + 0.5, // asked by other domains' queries
  'lib/moderation/spam-lessons': LEVEL.steps,
  'lib/moderation/spam-learning': LEVEL.commands,
  'lib/moderation/decisions': LEVEL.steps, // of commands, inside their transactions
  'lib/moderation/akismet-checks': LEVEL.queries, // steps of commands, inside their transactions
  'lib/moderation/akismet-state': LEVEL.queries,
  'lib/moderation/akismet-corrections': LEVEL.commands,
  'lib/moderation/cause-mail': LEVEL.steps,
  'lib/moderation/bulk': LEVEL.commands,
  'lib/moderation/declining': LEVEL.commands,
  'lib/moderation/reporting': LEVEL.commands,
  'lib/moderation/decision-mail': LEVEL.commands,
  'lib/moderation/decision-links': LEVEL.commands + 1, // answers by submitComment, too
  'lib/moderation/held-notices': LEVEL.commands,
  'lib/moderation/deciders': LEVEL.queries,
  'lib/moderation/rhythm': LEVEL.queries + 0.2, // by the blog's calendar
  'lib/moderation/staff-news': LEVEL.steps,
  'lib/moderation/staff-digests': LEVEL.commands,
  'lib/moderation/notice-letter': LEVEL.queries, // writes by another domain's rules
  'lib/moderation/decision-page': LEVEL.queries,
  'lib/moderation/log-figures': LEVEL.queries,
  'lib/moderation/log-file': LEVEL.queries,
  'lib/moderation/reports': LEVEL.queries,
  'lib/moderation/on-page': LEVEL.queries,
  'lib/moderation/queue-filter': LEVEL.queries,
  'lib/moderation/queue-search': LEVEL.queries,
  'lib/moderation/cards': LEVEL.queries,
  'lib/moderation/card-context': LEVEL.queries,
  'lib/moderation/counts': LEVEL.commands,
  'lib/moderation/live': LEVEL.queries,
  'lib/moderation/log': LEVEL.queries,
  'lib/moderation/source': LEVEL.queries,
  'lib/mentions/source-page': LEVEL.steps, // asks through the one guard
  'lib/mentions/receiving': LEVEL.commands + 1, // asks where old addresses lead
  'lib/webhooks/causing': LEVEL.queries, // a step of commands, inside their transactions
  'lib/webhooks/sending': LEVEL.commands,
  'lib/webhooks/payload': LEVEL.queries, // asks where posts stand
  'lib/posts/first-out': LEVEL.queries, // a step of commands, inside their transactions
  'lib/media/inside': LEVEL.queries,
  'lib/subscriptions/digest-moment': LEVEL.queries, // days of the blog's calendar
  'lib/subscriptions/letters': LEVEL.queries, // writes by other domains' rules
  'lib/subscriptions/lists': LEVEL.queries, // addresses as other domains know them
  'lib/subscriptions/importing': LEVEL.commands,
  'lib/subscriptions/samples': LEVEL.commands, // of several domains' letters
  'lib/subscriptions/pausing': LEVEL.commands,
  'lib/subscriptions/followers': LEVEL.queries,
  'lib/subscriptions/followers-commands': LEVEL.commands,
  'lib/subscriptions/follow-form': LEVEL.queries, // an address as other domains know it
  'lib/subscriptions/causes': LEVEL.queries, // steps of commands, inside their transactions
  'lib/subscriptions/subscribing': LEVEL.steps,
  'lib/subscriptions/comment-notices': LEVEL.commands,
  'lib/subscriptions/post-notices': LEVEL.commands,
  'lib/subscriptions/digests': LEVEL.commands,
  'lib/comments/deleting': LEVEL.steps,
  'lib/privacy/forgetting': LEVEL.steps + 0.2, // of several domains' steps
  'lib/privacy/retention': LEVEL.commands,
  'lib/privacy/retention-settings': LEVEL.commands,
  'lib/privacy/own-data': LEVEL.commands,
  'lib/privacy/removals': LEVEL.queries,
  'lib/privacy/removal-commands': LEVEL.commands,
  'lib/comments/receipts': LEVEL.queries,
  'lib/comments/withdrawing': LEVEL.commands,
  'lib/comments/own-editing': LEVEL.commands,
  'lib/comments/receipt-wishes': LEVEL.commands,
  'lib/moderation/changing-text': LEVEL.queries, // a step of commands, inside their transactions
  'lib/notifications/resending': LEVEL.commands,
  'lib/notifications/outbox': LEVEL.queries, // a step of commands, inside their transactions
  'lib/media/fetch-picture': LEVEL.queries,
  'lib/media/small-picture': LEVEL.queries,
  'lib/media/guarded-fetch': LEVEL.queries,
  'lib/media/fetch-file': LEVEL.queries,
  'lib/media/picture-reading': LEVEL.queries,
  'lib/media/file-kinds': LEVEL.queries,
  'lib/media/disk-store': LEVEL.queries,
  'lib/media/s3-store': LEVEL.queries,
  'lib/media/stores': LEVEL.queries, // which of them it is
  'lib/media/s3-requests': LEVEL.queries,
  'lib/media/s3-listing': LEVEL.queries,
  'lib/media/picture-metadata': LEVEL.queries,
  'lib/media/boxed-metadata': LEVEL.queries,
  'lib/media/metadata': LEVEL.queries,
  'lib/media/variants': LEVEL.queries,
  'lib/media/library': LEVEL.queries,
  'lib/media/site-pictures': LEVEL.queries,
  'lib/media/uploads': LEVEL.commands,
  'lib/media/store': LEVEL.queries, // files on disk
  'lib/media/archive': LEVEL.queries,
  'lib/media/sources': LEVEL.queries,
  'lib/media/keeping': LEVEL.queries, // steps of commands, inside their transactions
  'lib/media/asking': LEVEL.queries,
  'lib/media/copying': LEVEL.steps,
  'lib/media/portraits': LEVEL.queries, // steps of commands, inside their transactions
  'lib/identity/people': LEVEL.queries, // steps of commands, inside their transactions
  'lib/identity/roles': LEVEL.queries,
  'lib/identity/sign-in-links': LEVEL.commands,
  'lib/identity/login-settings': LEVEL.queries,
  'lib/identity/adapter': LEVEL.commands + 1,
  'lib/identity/providers': LEVEL.commands + 1,
  'lib/identity/auth': LEVEL.commands + 1,
  'lib/identity/session': LEVEL.commands + 1,
  'lib/identity/signing-in': LEVEL.commands + 1,
  'lib/identity/attempts': LEVEL.commands + 1,
  // An import reads a file into staging tables (queries) and moves it (commands).
  'lib/transfer/copy': LEVEL.queries,
  'lib/transfer/staging-tables': LEVEL.queries,
  'lib/transfer/readers/xml-source': LEVEL.queries,
  'lib/transfer/readers/wxr-outline': LEVEL.queries,
  'lib/transfer/readers/wxr-reader': LEVEL.queries,
  'lib/transfer/staging': LEVEL.commands,
  'lib/transfer/stage': LEVEL.commands,
  'lib/transfer/stage-posts': LEVEL.commands,
  'lib/transfer/readers/wxr-form': LEVEL.queries,
  'lib/transfer/readers/disqus-reader': LEVEL.queries,
  'lib/transfer/readers/ghost-reader': LEVEL.queries,
  'lib/transfer/readers/blogger-reader': LEVEL.queries,
  'lib/transfer/readers/xml-parser': LEVEL.queries, // what all readers of XML share, over xml-source
  'lib/transfer/readers/xml-elements': LEVEL.queries,
  'lib/transfer/readers/json-rows': LEVEL.queries,
  'lib/transfer/readers/blogger-entry': LEVEL.queries,
  'lib/transfer/readers/ghost-tables': LEVEL.queries,
  'lib/transfer/readers/ghost-post': LEVEL.queries,
  'lib/transfer/readers/read-together': LEVEL.queries, // which of them a file is for
  'lib/transfer/readers/unpacking': LEVEL.queries,
  'lib/transfer/unpack-folders': LEVEL.commands,
  'lib/transfer/room': LEVEL.queries, // asks the disk
  'lib/transfer/rows': LEVEL.queries,
  'lib/transfer/stage-media': LEVEL.commands,
  'lib/transfer/stage-own': LEVEL.commands,
  'lib/transfer/desk/transfers': LEVEL.queries,
  'lib/transfer/desk/uploads': LEVEL.commands,
  'lib/transfer/desk/running': LEVEL.commands,
  'lib/transfer/desk/turns': LEVEL.commands,
  'lib/transfer/desk/transfer-job': LEVEL.commands,
  'lib/transfer/desk/tidying': LEVEL.commands,
  'lib/transfer/desk/pieces': LEVEL.queries,
  'lib/transfer/export/rows': LEVEL.queries,
  'lib/transfer/export/wxr-elements': LEVEL.queries,
  'lib/transfer/export/wxr-writer': LEVEL.queries,
  'lib/transfer/export/text': LEVEL.queries,
  'lib/transfer/export/markdown-files': LEVEL.queries,
  'lib/transfer/export/markdown-writer': LEVEL.queries,
  'lib/transfer/export/media-archive': LEVEL.steps, // reads the store
  'lib/transfer/export/exports': LEVEL.commands,
  // A backup is COPY on a connection of its own.
  'lib/backup/tables': LEVEL.queries,
  'lib/backup/snapshot': LEVEL.queries,
  'lib/backup/loading': LEVEL.queries,
  'lib/backup/files': LEVEL.queries, // its own folder on disk
  'lib/backup/nightly': LEVEL.commands,
};
/** Rules by level, but not for a browser: components do not see them. */
const SERVER_ONLY = ['lib/comments/disposable-mail', 'lib/comments/form-token', 'lib/identity/names', 'lib/identity/tokens', 'lib/identity/offered', 'lib/identity/cookies', 'lib/moderation/entries', 'lib/moderation/phrases', 'lib/moderation/ruleset', 'lib/moderation/screening', 'lib/moderation/read-rules', 'lib/moderation/dry-run', 'lib/moderation/akismet', 'lib/moderation/akismet-seal', 'lib/moderation/needles', 'lib/webhooks/signature', 'lib/subscriptions/tokens'];
const KNOWS_NEXT = ['lib/identity/session', 'lib/identity/signing-in', 'lib/identity/attempts', 'lib/identity/auth', 'lib/identity/adapter', 'lib/identity/providers'];
/** A mail is React by react-email, and stands in the database with what causes it (docs/decisions/0043). */
const KNOWS_REACT = ['lib/notifications/letter-html'];
/** A rule or schema may name a closed list of the database, and its types. */
const CLOSED_LISTS = 'lib/db/generated/enums';
/** The editor goes by the list that makes a post safe, in the browser too. All of it is pure and small. */
const FOR_THE_EDITOR = ['lib/text/allowed', 'lib/text/own-media', 'lib/text/players', 'lib/text/links'];
const SHOWN_ALIKE = ['lib/words/t', 'lib/words/direction', 'lib/words/listed', 'lib/result', 'lib/size-text', 'lib/text/safe-html', 'lib/text/contents', 'lib/text/snippets'];
/** What the process must know of what is shown: the text whose hash the policy names. */
const FOR_THE_SERVER = ['components/layout/theme-script'];

const within = (file: string, ...folders: string[]): boolean => folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
const withoutExtension = (file: string): string => file.replace(/\.[a-z]+$/, '');
const isFrameworkPackage = (name: string): boolean => /^(react|react-dom|next|next-auth|@auth)(\/|$)/.test(name);

type Place = { isDomain: boolean; domain: string; level: number };

/** Where a file of lib stands. Top-level files, lib/db and lib/text are below every domain. */
function placeInLib(file: string): Place {
  const [, domain = '', ...rest] = file.split('/');
  if (rest.length === 0 || domain === 'db' || domain === 'text' || domain === 'words') return { isDomain: false, domain, level: -1 };
  const name = rest.join('/');
  const level = EXTRA_FILES[file] ?? (name in LEVEL ? LEVEL[name as keyof typeof LEVEL] : LEVEL.rules);
  return { isDomain: true, domain, level };
}

function refusalInLib(from: string, { target, isPackage, typeOnly }: Import): string | undefined {
  if (isPackage) return isFrameworkPackage(target) && !KNOWS_NEXT.includes(from) && !KNOWS_REACT.includes(from) ? 'lib knows neither Next nor React' : undefined;
  if (!within(target, 'lib')) return 'lib imports only lib';
  const here = placeInLib(from);
  const there = placeInLib(target);
  if (!here.isDomain && there.isDomain) return 'lib/db, lib/text, lib/words and the top of lib stand below every domain';
  if (within(from, 'lib/text') && within(target, 'lib/db')) return 'lib/text is pure';
  if (here.isDomain && here.level <= LEVEL.rules && within(target, 'lib/db') && !typeOnly && target !== CLOSED_LISTS) return 'schema and rules know no database';
  if (!there.isDomain) return undefined;
  if (here.domain === there.domain) return there.level > here.level ? 'inside a domain: commands → queries → rules → schema' : undefined;
  return there.level >= here.level ? "another domain's file only if it is strictly lower: commands → queries → rules → schema" : undefined;
}

function refusalInComponents(from: string, { target, isPackage, typeOnly }: Import): string | undefined {
  if (isPackage) return undefined;
  if (within(target, 'components')) {
    return within(from, 'components/ui') && !within(target, 'components/ui') ? 'components/ui knows nothing of the blog' : undefined;
  }
  if (!within(target, 'lib')) return 'components import only components and lib';
  if (SHOWN_ALIKE.includes(target)) return undefined;
  if (within(from, 'components/editor') && FOR_THE_EDITOR.includes(target)) return undefined;
  if (within(from, 'components/ui') && !within(target, 'lib/site')) return 'components/ui knows nothing of the blog'; // but its language and time zone
  const { isDomain, level } = placeInLib(target);
  if (isDomain && level <= LEVEL.rules && !SERVER_ONLY.includes(target)) return undefined;
  if (isDomain && level === LEVEL.queries && typeOnly) return undefined;
  return 'components see schemas, rules, lib/result, sizes, safe HTML, and types of queries';
}

function refusalInApp(from: string, { target, isPackage }: Import): string | undefined {
  if (isPackage) {
    const isKeptPage = within(from, 'app/(blog)') && !from.endsWith('/actions');
    return isKeptPage && target === 'next/headers' ? 'app/(blog) never reads a cookie' : undefined;
  }
  if (within(target, 'lib/db')) return 'app never imports lib/db';
  return within(target, 'app', 'components', 'lib') ? undefined : 'app imports only app, components and lib';
}

function refusalInServer(_from: string, { target, isPackage }: Import): string | undefined {
  if (isPackage || within(target, 'server', 'lib', 'prisma') || FOR_THE_SERVER.includes(target)) return undefined;
  return 'server imports only server, lib and prisma';
}

function refusalInScripts(from: string, { target, isPackage }: Import): string | undefined {
  // The bench measures from outside, as tests do, and stands with them; its command is the one door to it.
  if (from === 'scripts/bench' && within(target, 'tests/bench')) return undefined;
  return isPackage || within(target, 'scripts', 'server', 'lib', 'prisma') ? undefined : 'scripts import only server, lib and prisma';
}

function refusalInPrisma(_from: string, { target, isPackage }: Import): string | undefined {
  return isPackage || within(target, 'prisma', 'lib') ? undefined : 'prisma imports only lib';
}

const refusals: Record<string, (from: string, line: Import) => string | undefined> = {
  app: refusalInApp, components: refusalInComponents, lib: refusalInLib, server: refusalInServer, scripts: refusalInScripts, prisma: refusalInPrisma,
  tests: () => undefined,
};

/** The imports of a file that go up: `path:line imports target: why not`, empty for a good file (architecture.md). */
export function offendingImports(file: SourceFile): string[] {
  const from = withoutExtension(file.path);
  const refusalFor = refusals[file.path.split('/')[0] ?? ''];
  return listImports(file).flatMap((line) => {
    const refusal = refusalFor?.(from, line);
    return refusal ? [`${file.path}:${line.line} imports ${line.target}: ${refusal}`] : [];
  });
}
