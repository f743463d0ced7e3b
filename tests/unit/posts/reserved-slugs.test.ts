import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { legacyAsk } from '@/lib/posts/legacy-ask';
import { RESERVED_SLUGS } from '@/lib/posts/schema';

const MAY_BE_TAKEN = ['privacy'];
const IS_ROUTE = /^(?:page\.tsx|route\.ts|(?:icon|favicon|robots|sitemap|manifest|opengraph-image)\.\w+)$/;

/** The first segment of every address that a file of app/ answers, where it is always the same. */
function segmentsOfApp(): string[] {
  const files = readdirSync('app', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && IS_ROUTE.test(entry.name));
  const first = files.map(({ parentPath, name }) => {
    const [segment] = `${parentPath}/${name}`.split('/').slice(1).filter((part) => !part.startsWith('('));
    return segment ?? '';
  });
  return [...new Set(first)].filter((segment) => segment !== 'page.tsx' && !segment.startsWith('['));
}

/** Every path that the server in front of Next names, by its first segment. */
function segmentsOfServer(): string[] {
  const texts = readdirSync('server').filter((name) => name.endsWith('.ts')).map((name) => readFileSync(`server/${name}`, 'utf8'));
  const paths = texts.flatMap((text) => [...text.matchAll(/(?:path|root|PATH|RULES|PAGES|ROOTS)\b[^\n]*/g)].flatMap(([line]) => [...line.matchAll(/'\/([a-z_][\w.-]*)/g)].map(([, segment = '']) => segment)));
  return [...new Set(paths)];
}

test('no page can take an address of the blog’s own', () => {
  const own = [...segmentsOfApp(), ...segmentsOfServer(), ...readdirSync('public')].filter((segment) => !MAY_BE_TAKEN.includes(segment));
  expect(own).toEqual(expect.arrayContaining(['posts', 'comments', 'pictures', 'search', 'feed.xml', 'signed-in', 'icon.svg', 'healthz', 'missing', '_next', 'admin']));
  expect(own.filter((segment) => !RESERVED_SLUGS.has(segment) && segment !== '__nextjs')).toEqual([]);
});

test.each(['feed', 'rss', 'rss2', 'rdf', 'atom', 'rss.xml', 'atom.xml', 'index.xml', 'index.php', 'wp-login.php', 'wp-admin'])('no page can stand where an old blog is asked for more than a page: /%s', (segment) => {
  expect(legacyAsk(`/${segment}`, {})?.thing.kind).not.toBe('path');
  expect(RESERVED_SLUGS.has(segment)).toBe(true);
});
