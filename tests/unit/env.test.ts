import { expect, test } from 'vitest';
import { parseEnv } from '@/lib/env';

test('without any setting the blog runs on what it brings', () => {
  expect(parseEnv({})).toEqual({ PORT: 3000, OWNER_EMAIL: 'owner@example.com', DATA_DIR: '.data', TRUST_PROXY: 0, FRESHNESS: 'fast', AUTH_ALLOW_ISSUER_OVERRIDE: '0', AKISMET_URL: 'https://rest.akismet.com' });
});

test('a blank setting is an unset one', () => {
  expect(parseEnv({ PORT: '', SITE_URL: ' ', DATABASE_URL: '', AUTH_SECRET: '' })).toEqual(parseEnv({}));
});

test.each([
  ['PORT', 'abc'], ['PORT', '0'], ['PORT', '70000'], ['PORT', '80.5'],
  ['SITE_URL', 'blog.example'], ['SITE_URL', 'ftp://blog.example'], ['SITE_URL', 'https://blog.example/blog'],
  ['SITE_URL', 'https://blog.example/?a'], ['SITE_URL', 'https://blog.example/#a'], ['SITE_URL', 'https://me:secret@blog.example'],
  ['DATABASE_URL', 'mysql://x'], ['DATABASE_DIRECT_URL', 'x'], ['AUTH_SECRET', 'short'], ['AUTH_SECRET_PREVIOUS', 'short'], ['AUTH_SECRET_PREVIOUS', `${'x'.repeat(32)}, short`], ['OWNER_EMAIL', 'me'],
  ['TRUST_PROXY', '-1'], ['TRUST_PROXY', 'one'], ['FRESHNESS', 'exactly'], ['LOG_LEVEL', 'loud'],
  ['SMTP_URL', 'mail.example'], ['MAIL_FROM', 'The blog'], ['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example'],
  ['AUTH_GOOGLE_ISSUER', 'localhost:9000'], ['AUTH_TWITTER_ISSUER', 'ftp://localhost'], ['AUTH_ALLOW_ISSUER_OVERRIDE', 'yes'],
  ['METRICS_TOKEN', 'fifteen-letters'], ['METRICS_TOKEN', 'sixteen letters or more'], ['AKISMET_KEY', 'a b'], ['AKISMET_KEY', 'abc'], ['AKISMET_URL', 'rest.akismet.com'], ['AKISMET_URL', 'https://rest.akismet.com/?a'],
])('%s=%s is refused in a sentence that names the setting', (name, value) => {
  expect(() => parseEnv({ AUTH_SECRET: 'x'.repeat(32), [name]: value })).toThrow(new RegExp(`^${name} must .+\\.$`));
});

test('a METRICS_TOKEN is refused without a word of it', () => {
  expect(() => parseEnv({ METRICS_TOKEN: 'tops3cret' })).toThrow(/^METRICS_TOKEN must have at least 16 (?!.*tops3cret)/);
  expect(parseEnv({ METRICS_TOKEN: ' sixteen-letters-or-more ' }).METRICS_TOKEN).toBe('sixteen-letters-or-more');
});

test.each([
  ['https://blog.example', 'https://blog.example'], ['https://blog.example/', 'https://blog.example'],
  ['http://blog.example:8080', 'http://blog.example:8080'], ['HTTPS://Blog.Example', 'https://blog.example'],
])('readers may reach the blog at %s, known as %s', (SITE_URL, known) => {
  expect(parseEnv({ SITE_URL }).SITE_URL).toBe(known);
});

test.each([
  ['fastly://a_Token-1.x@SU1Z0isxPaozGVKXdv0eY', { kind: 'fastly', token: 'a_Token-1.x', serviceId: 'SU1Z0isxPaozGVKXdv0eY' }],
  ['cloudflare://a_Token@0123456789abcdef0123456789abcdef', { kind: 'cloudflare', token: 'a_Token', zoneId: '0123456789abcdef0123456789abcdef' }],
  ['varnish://cache:6081', { kind: 'varnish', hosts: ['cache:6081'] }],
  ['varnish://10.0.0.1:6081,[::1]:6081', { kind: 'varnish', hosts: ['10.0.0.1:6081', '[::1]:6081'] }],
  ['https://helper.example/forget?key=1', { kind: 'hook', url: 'https://helper.example/forget?key=1', authorization: null }],
  ['http://me:p%40ss@127.0.0.1:8081', { kind: 'hook', url: 'http://127.0.0.1:8081/', authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` }],
  ['off', undefined],
])('CDN=%s says who keeps copies in front', (CDN, known) => {
  expect(parseEnv({ CDN }).CDN).toEqual(known);
});

test.each([
  'yes', 'fastly://secret', 'fastly://secret@', 'fastly://se cret@SU1Z', 'cloudflare://secret@zone', 'cloudflare://:secret@0123456789abcdef0123456789abcdef',
  'varnish://', 'varnish://host:secret', 'varnish://host:80,', 'varnish://host/secret', 'ftp://me:secret@host', 'https://',
])('CDN=%s is refused without a word of what may be a secret', (CDN) => {
  expect(() => parseEnv({ CDN })).toThrow(/^CDN must be .+\.$/);
  expect(() => parseEnv({ CDN })).not.toThrow(/secret/);
});

test.each(['AUTH_SECRET', 'AUTH_SECRET_PREVIOUS'])('%s is refused without a word of it', (name) => {
  expect(() => parseEnv({ [name]: 'hush' })).toThrow(name);
  expect(() => parseEnv({ [name]: 'hush' })).not.toThrow(/hush/);
});

test('earlier secrets are divided by spaces or commas', () => {
  const [one, other] = ['x'.repeat(32), 'y'.repeat(44)];
  for (const setting of [one, `${one} ${other}`, `${one},${other}`, ` ${one}, ${other} `]) expect(parseEnv({ AUTH_SECRET_PREVIOUS: setting }).AUTH_SECRET_PREVIOUS).toBe(setting);
});

test('a database of its own needs a secret that every instance knows', () => {
  expect(() => parseEnv({ DATABASE_URL: 'postgresql://host/soapbox' })).toThrow('AUTH_SECRET is required');
});

test.each(['GOOGLE', 'TWITTER', 'FACEBOOK'])('%s needs both its keys', (provider) => {
  expect(() => parseEnv({ [`AUTH_${provider}_ID`]: 'x' })).toThrow(`AUTH_${provider}_SECRET is missing`);
  expect(() => parseEnv({ [`AUTH_${provider}_SECRET`]: 'x' })).toThrow(`AUTH_${provider}_ID is missing`);
});

test('another server in place of a provider is not taken on a blog in use, unless that is said', () => {
  const other = { AUTH_GOOGLE_ISSUER: 'http://localhost:9000/' };
  expect(() => parseEnv({ ...other, SITE_URL: 'https://blog.example' })).toThrow(/^AUTH_GOOGLE_ISSUER is for tests/);
  for (const more of [{}, { SITE_URL: 'http://blog.example' }, { SITE_URL: 'https://localhost:3000' }, { SITE_URL: 'https://blog.example', AUTH_ALLOW_ISSUER_OVERRIDE: '1' }]) {
    expect(parseEnv({ ...other, ...more }).AUTH_GOOGLE_ISSUER).toBe('http://localhost:9000');
  }
});
