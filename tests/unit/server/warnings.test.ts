import { expect, test } from 'vitest';
import { isPublic, warningsOf } from '@/server/warnings';

test.each([
  ['https://blog.example.org', true], ['http://blog.example.org:8080', true], ['http://93.184.216.34', true], ['http://[2606:4700::1111]', true],
  ['http://localhost:3000', false], ['http://blog.localhost', false], ['http://127.0.0.1:3000', false], ['http://[::1]:3000', false], ['http://192.168.1.7', false], ['http://10.0.0.7:3000', false],
  ['http://[fd00::7]', false], ['http://nas', false], ['http://nas.local', false], ['http://blog.home.arpa', false], ['http://blog.test', false], ['https://blog.example', false],
])('%s is public: %s', (address, is) => {
  expect(isPublic(address)).toBe(is);
});

test.each([
  [undefined, 'owner@example.com', []],
  ['http://localhost:3000', 'owner@example.com', []],
  ['https://blog.example.org', 'ada@example.org', []],
  ['https://blog.example.org', 'owner@example.com', ['OWNER_EMAIL']],
  ['http://blog.example.org', 'ada@example.org', ['SITE_URL']],
  ['http://blog.example.org', 'owner@example.com', ['SITE_URL', 'OWNER_EMAIL']],
])('at %s, owned by %s, a start warns of %j', (SITE_URL, OWNER_EMAIL, names) => {
  expect(warningsOf({ SITE_URL, OWNER_EMAIL }).map((sentence) => /^\w+/.exec(sentence)?.[0])).toEqual(names);
});
