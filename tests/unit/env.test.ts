import { expect, test } from 'vitest';
import { parseEnv } from '@/lib/env';

test('without any setting the blog runs on what it brings', () => {
  expect(parseEnv({})).toEqual({ PORT: 3000, OWNER_EMAIL: 'owner@example.com', DATA_DIR: '.data', TRUST_PROXY: 0, LOG_LEVEL: 'info' });
});

test('a blank setting is an unset one', () => {
  expect(parseEnv({ PORT: '', SITE_URL: ' ', DATABASE_URL: '', AUTH_SECRET: '' })).toEqual(parseEnv({}));
});

test.each([
  ['PORT', 'abc'], ['PORT', '0'], ['PORT', '70000'], ['PORT', '80.5'],
  ['SITE_URL', 'blog.example'], ['SITE_URL', 'ftp://blog.example'], ['SITE_URL', 'https://blog.example/blog'],
  ['SITE_URL', 'https://blog.example/?a'], ['SITE_URL', 'https://blog.example/#a'], ['SITE_URL', 'https://me:secret@blog.example'],
  ['DATABASE_URL', 'mysql://x'], ['DATABASE_DIRECT_URL', 'x'], ['AUTH_SECRET', 'short'], ['OWNER_EMAIL', 'me'],
  ['TRUST_PROXY', '-1'], ['TRUST_PROXY', 'one'], ['LOG_LEVEL', 'loud'],
])('%s=%s is refused in a sentence that names the setting', (name, value) => {
  expect(() => parseEnv({ AUTH_SECRET: 'x'.repeat(32), [name]: value })).toThrow(new RegExp(`^${name} must .+\\.$`));
});

test.each([
  ['https://blog.example', 'https://blog.example'], ['https://blog.example/', 'https://blog.example'],
  ['http://blog.example:8080', 'http://blog.example:8080'], ['HTTPS://Blog.Example', 'https://blog.example'],
])('readers may reach the blog at %s, known as %s', (SITE_URL, known) => {
  expect(parseEnv({ SITE_URL }).SITE_URL).toBe(known);
});

test('a database of its own needs a secret that every instance knows', () => {
  expect(() => parseEnv({ DATABASE_URL: 'postgresql://host/soapbox' })).toThrow('AUTH_SECRET is required');
});
