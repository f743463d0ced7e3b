import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientIpOf, originOf } from '../../../server/asker';

test.each([
  ['unset', undefined, 'localhost:3000', 'http://localhost:3000'],
  ['unset, by number', undefined, '127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['unset, by IPv6', undefined, '[::1]:3000', 'http://[::1]:3000'],
  ['unset, behind a mapped port', undefined, 'localhost:8080', 'http://localhost:8080'],
  ['unset, by a foreign name', undefined, 'elsewhere.example', 'http://localhost:3000'],
  ['unset, by garbage', undefined, 'a b', 'http://localhost:3000'],
  ['unset, by nothing', undefined, undefined, 'http://localhost:3000'],
  ['this machine', 'http://localhost:4000', '127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['this machine, other port', 'http://localhost:4000', '127.0.0.1:5000', 'http://localhost:4000'],
  ['public', 'https://blog.example', 'blog.example', 'https://blog.example'],
  ['public, by a foreign name', 'https://blog.example/', 'elsewhere.example', 'https://blog.example'],
  ['public, by a name of this machine', 'https://blog.example', 'localhost:3000', 'https://blog.example'],
])('with SITE_URL %s the origin is never what a stranger claims', (_what, siteUrl, host, origin) => {
  expect(originOf(host, { siteUrl, port: 3000, trustProxy: 0 })).toBe(origin);
});

test.each([
  [0, undefined, '10.0.0.1'],
  [0, '1.1.1.1', '10.0.0.1'],
  [1, '1.1.1.1', '1.1.1.1'],
  [1, 'forged, 1.1.1.1', '1.1.1.1'],
  [2, 'forged, 2.2.2.2, 1.1.1.1', '2.2.2.2'],
  [2, '1.1.1.1', '1.1.1.1'],
  [1, 'no address', '10.0.0.1'],
  [1, '2001:db8::1', '2001:db8::1'],
  [1, '2001:DB8::1', '2001:db8::1'],
  [1, '1.1.1.1, 2.2.2.2, 3.3.3.3', '3.3.3.3'],
  [2, 'a, b, 2.2.2.2, 1.1.1.1', '2.2.2.2'],
  [2, '9.9.9.9, , 2.2.2.2, 1.1.1.1', '2.2.2.2'],
  [2, ', ,', '10.0.0.1'],
  [3, '1.1.1.1', '1.1.1.1'],
  [1, '', '10.0.0.1'],
  [1, '::ffff:1.1.1.1', '1.1.1.1'],
  [1, '::FFFF:101:101', '1.1.1.1'],
  [1, '1.1.1.1:4711', '1.1.1.1'],
  [1, '[2001:db8::1]:443', '2001:db8::1'],
  [1, '"[2001:db8::1]"', '2001:db8::1'],
  [1, '[::ffff:1.1.1.1]:443', '1.1.1.1'],
  [1, 'fe80::1%eth0', 'fe80::1'],
  [1, '1.1.1.1:99999999', '10.0.0.1'],
  [1, '1.1.1', '10.0.0.1'],
  [1, '999.1.1.1', '10.0.0.1'],
  [1, 'unknown', '10.0.0.1'],
  [1, '1.1.1.1, _hidden', '10.0.0.1'],
  [1, "1.1.1.1' OR 1=1", '10.0.0.1'],
  [1, `${'1.1.1.1, '.repeat(500)}2.2.2.2`, '2.2.2.2'],
])('behind %i proxies, X-Forwarded-For %s means %s', (trustProxy, forwarded, expected) => {
  const request = { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '::ffff:10.0.0.1' } } as unknown as IncomingMessage;
  expect(clientIpOf(request, trustProxy)).toBe(expected);
});
