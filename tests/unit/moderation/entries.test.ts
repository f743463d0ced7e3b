import { expect, test } from 'vitest';
import { entriesOf, entryOf } from '@/lib/moderation/entries';
import { wordlessFor } from '@/lib/moderation/reasons';

test.each(['203.0.113.7', '203.0.113.7/32', '203.0.113.0/24', '2001:db8::/32', '2001:db8::7', 'fe80::1%eth0', 'anna@example.com'])('the address %s in a reason is for owners alone', (entry) => {
  expect(wordlessFor(false, { rule: 'refused', entry })).toEqual({ rule: 'refused', entry: '…' });
  expect(wordlessFor(true, { rule: 'refused', entry })).toEqual({ rule: 'refused', entry });
});

test('a domain in a reason may be read by everybody at the desk', () => {
  expect(wordlessFor(false, { rule: 'refused', entry: 'shop.example' })).toEqual({ rule: 'refused', entry: 'shop.example' });
});

test.each(['shop.example', 'www.shop.example', 'a_b.shop.example', 'shop.example.', 'Shop.Example'])('a link to %s is one to the domain that is refused', (host) => {
  expect(entriesOf(['shop.example']).ofHost(host)).toBe('shop.example');
});

test.each(['blogs.example/ann', 'https://blogs.example', 'blogs.example:8080', 'blogs.example?ann', 'blogs.example#ann', 'blogs.example\\ann'])('%s is no domain: what would be refused is all of it', (line) => {
  expect(entryOf(line)).toBeNull();
});

test.each(['bücher.example', '@Bücher.example', '*.xn--bcher-kva.example'])('%s is found in an address and in a link', (line) => {
  expect(entriesOf([line]).ofEmail('ann@bücher.example')).toBe('xn--bcher-kva.example');
  expect(entriesOf([line]).ofHost('www.xn--bcher-kva.example')).toBe('xn--bcher-kva.example');
});

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.7'],
  ['192.0.2.7', '192.0.2.8', null],
  ['::ffff:192.0.2.7', '192.0.2.7', '::ffff:192.0.2.7'],
  ['2001:DB8::7', '2001:db8:0:0::7', '2001:db8::7'],
  ['192.0.2.0/24', '192.0.2.200', '192.0.2.0/24'],
  ['2001:db8::/32', '2001:db8:1::1', '2001:db8::/32'],
  ['2001:db8::/32', '192.0.2.1', null],
])('of the entry %s, %s is %s', (entry, ip, found) => {
  expect(entriesOf(['198.51.100.1', '198.51.100.0/28', entry]).ofIp(ip)).toBe(found);
});

test('an address is looked for among 60 000 in a small part of a millisecond', () => {
  const entries = entriesOf(Array.from({ length: 60_000 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`));
  const begun = performance.now();
  for (let at = 0; at < 100; at += 1) entries.ofIp('198.51.100.7');
  expect((performance.now() - begun) / 100).toBeLessThan(1);
});
