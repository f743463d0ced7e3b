import { UPLOAD_PATH } from '../lib/media/schema';
import { READS_PATH } from '../lib/reads/schema';
import { isDesk, isNextOwn } from './areas';

/** Every address of `app`, by its folders (tests/unit/server/address-kinds.test.ts compares). `:rest*` is any number of segments, or none. */
const OF_PAGES = [
  '/', '/:path*', '/broken', '/decide', '/feed.json', '/feed.xml', '/missing', '/page/:number', '/pictures/:name', '/preview/:token', '/receipts/:token',
  '/robots.txt', '/search', '/share.jpg', '/signed-in', '/sitemap.xml', '/sitemaps/:name', '/webmention',
  '/:slug', '/:slug/comments/:place*', '/:slug/read/:rest*', '/:slug/share.jpg',
  '/account', '/account/comments', '/account/data', '/account/delete',
  '/admin', '/admin/comments', '/admin/followers', '/admin/health', '/admin/log', '/admin/log.csv', '/admin/log/people', '/admin/log/people.csv', '/admin/mails/:kind',
  '/admin/media', '/admin/media/:id', '/admin/media/list', '/admin/moving', '/admin/outbox', '/admin/people', '/admin/people/:id', '/admin/posts', '/admin/posts/:id',
  '/admin/posts/:id/discussion', '/admin/posts/:id/revisions', '/admin/posts/beat', '/admin/posts/hand-over', '/admin/posts/new', '/admin/posts/save', '/admin/removals',
  '/admin/replies', '/admin/rules', '/admin/settings', '/admin/webhooks',
  '/api/auth/:nextauth*', '/api/mail-events/:token', '/api/subscriptions/:token/:what',
  '/archive/:year', '/archive/:year/:month/:rest*', '/archive/:year/page/:number',
  '/authors/:slug/:rest*', '/authors/:slug/feed.json', '/authors/:slug/feed.xml',
  '/categories/:slug/:rest*', '/categories/:slug/feed.json', '/categories/:slug/feed.xml',
  '/comments/:id', '/comments/:id/receipt', '/comments/:id/report', '/comments/feed.json', '/comments/feed.xml',
  '/posts/:slug', '/posts/:slug/comments/:place*', '/posts/:slug/count', '/posts/:slug/feed.json', '/posts/:slug/feed.xml', '/posts/:slug/read/:rest*', '/posts/:slug/reply/:id*', '/posts/:slug/share.jpg',
  '/privacy', '/privacy/data', '/privacy/data/:token', '/privacy/data/:token/download', '/privacy/removal', '/privacy/removal/:token',
  '/sign-in', '/sign-in/invitation', '/sign-in/link',
  '/subscriptions', '/subscriptions/:token', '/subscriptions/:token/confirm', '/subscriptions/:token/unsubscribe',
  '/tags/:slug/:rest*', '/tags/:slug/feed.json', '/tags/:slug/feed.xml',
];

/** What the server answers without Next. */
const OF_SERVER = ['/healthz', '/readyz', '/metrics', '/admin/live', '/admin/moving/:rest*', UPLOAD_PATH, `${READS_PATH}/:rest*`, '/media/:name*', '/enhance/:name*', '/_next/:rest*'];

export const ADDRESS_KINDS: readonly string[] = [...OF_PAGES, ...OF_SERVER];

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);
const rank = (segment: string): number => (!segment.startsWith(':') ? 0 : segment.endsWith('*') ? 2 : 1);
const order = (kind: string[]): string => `${kind.map(rank).join('')}2`;

// What is written out goes before what stands for anything.
const inOrder = ADDRESS_KINDS.map(segmentsOf).sort((one, other) => (order(one) < order(other) ? -1 : 1));

function fits(kind: string[], path: string[]): boolean {
  const isOpen = kind.at(-1)?.endsWith('*') === true;
  if (isOpen ? path.length < kind.length - 1 : path.length !== kind.length) return false;
  return kind.every((segment, index) => segment.startsWith(':') || segment === path[index]);
}

/**
 * Which kind of address a path is, such as `/posts/:slug/reply`: one of a closed list, so that a log or a label never has
 * what a path may hold, a key to somebody's page for example.
 */
export function kindOfAddress(path: string): string {
  const segments = segmentsOf(path);
  const kind = inOrder.find((candidate) => fits(candidate, segments)) ?? [':path*'];
  return `/${(segments.length < kind.length ? kind.slice(0, -1) : kind).join('/')}`;
}

/** The kinds of answer that are counted apart. */
export const GROUPS = ['kept', 'page', 'desk', 'api', 'media', 'static'] as const;
export type Group = (typeof GROUPS)[number];

const API = /^\/(?:api\/|healthz$|readyz$|metrics$|webmention$)/;
const MEDIA = /^\/(?:media|pictures)\/|\/share\.jpg$/;

/** Which of them a path is, as far as the path tells: what is kept, and what is a file, is known when it is found. */
export function groupOfAddress(path: string): Exclude<Group, 'kept'> {
  if (isDesk(path)) return 'desk';
  if (API.test(path)) return 'api';
  if (MEDIA.test(path)) return 'media';
  return isNextOwn(path) ? 'static' : 'page';
}
