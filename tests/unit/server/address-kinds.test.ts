import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ADDRESS_KINDS, groupOfAddress, GROUPS, kindOfAddress } from '../../../server/address-kinds';
import { listSourceFiles } from '../../support/source-files';

const ADDRESS_FILE = /^app(\/.*)?\/(?:page|route)\.tsx?$/;

/** What Next makes of a folder of `app`, as we write it. */
function kindOfFolder(folder: string): string {
  const path = folder.replace(/\/\([a-z]+\)/g, '').replace(/\[\[?\.\.\.(\w+)\]\]?/g, ':$1*').replace(/\[(\w+)\]/g, ':$1');
  return path === '' ? '/' : path;
}

/** An address of this kind, with something of somebody's wherever something may stand. */
const exampleOf = (kind: string): string => kind.replace(/:\w+\*/g, 'ida@example.com/tops3cret').replace(/:\w+/g, 'tops3cret');

const ofApp = [...new Set(listSourceFiles().flatMap(({ path }) => { const [, folder] = ADDRESS_FILE.exec(path) ?? []; return ADDRESS_FILE.test(path) ? [kindOfFolder(folder ?? '')] : []; }))];

test('every page and route of the app has its kind', () => {
  expect(ofApp.length).toBeGreaterThan(80);
  expect(ofApp.filter((kind) => !ADDRESS_KINDS.includes(kind))).toEqual([]);
});

test.each(ADDRESS_KINDS)('an address of the kind %s is known as one', (kind) => {
  expect(kindOfAddress(exampleOf(kind))).toBe(kind);
});

test.each([
  ['/', '/'], ['/posts/one/reply', '/posts/:slug/reply'], ['/posts/one/reply/', '/posts/:slug/reply'], ['//posts//one/reply/abc', '/posts/:slug/reply/:id*'], ['/comments/feed.xml', '/comments/feed.xml'],
  ['/comments/abcdefghjkmn', '/comments/:id'], ['/archive/2016/05', '/archive/:year/:month'], ['/2016/05/13/slug', '/:path*'], ['/about', '/:slug'], ['/admin/posts/new', '/admin/posts/new'], ['/admin/posts/7', '/admin/posts/:id'],
  ['/admin/nowhere/tops3cret', '/:path*'], ['http://other.example/tops3cret', '/:path*'], ['*', '/:slug'], ['', '/'],
])('%s is of the kind %s', (path, kind) => {
  expect(kindOfAddress(path)).toBe(kind);
});

test.each([['/', 'page'], ['/receipts/x', 'page'], ['/admin/posts', 'desk'], ['/sign-in/link', 'desk'], ['/api/auth/session', 'api'], ['/healthz', 'api'], ['/metrics', 'api'], ['/metrics/x', 'page'], ['/media/x.jpg', 'media'], ['/posts/one/share.jpg', 'media'], ['/_next/static/x.js', 'static']])('%s counts as %s', (path, group) => {
  expect(groupOfAddress(path)).toBe(group);
});

test('property: whatever is asked for, kind and group are of closed lists', () => {
  const kinds = new Set([...ADDRESS_KINDS, ...ADDRESS_KINDS.map((kind) => kind.replace(/\/:\w+\*$/, '') || '/')]);
  fc.assert(fc.property(fc.oneof(fc.webPath(), fc.string({ unit: 'binary' }), fc.constantFrom(...ADDRESS_KINDS).chain((kind) => fc.string().map((text) => kind.replace(/:\w+\*?/g, text)))), (path) =>
    kinds.has(kindOfAddress(path)) && (GROUPS as readonly string[]).includes(groupOfAddress(path))));
});
