import { afterEach, expect, test, vi } from 'vitest';
import { sealTold, unsealTold } from '@/lib/moderation/akismet-seal';

const told = { ip: '192.0.2.77', userAgent: 'Netscape 4', referrer: 'https://search.example/?q=us' };
const [one, other] = ['0197a000-0000-7000-8000-000000000001', '0197a000-0000-7000-8000-000000000002'];

vi.stubEnv('AUTH_SECRET', 'a secret that everybody may know, for tests');
afterEach(() => vi.stubEnv('AUTH_SECRET', 'a secret that everybody may know, for tests'));

test('what was told is read again for its comment, and nothing of it stands in the bytes', () => {
  const sealed = sealTold(one, told);
  expect(unsealTold(one, sealed)).toEqual(told);
  for (const part of Object.values(told)) expect(Buffer.from(sealed).includes(part)).toBe(false);
  expect(Buffer.from(sealTold(one, told)).equals(Buffer.from(sealed))).toBe(false);
});

test('it is gone for another comment, with another secret, and when a bit of it is changed or missing', () => {
  const sealed = sealTold(one, told);
  expect(unsealTold(other, sealed)).toBeNull();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unsealTold(one, changed)).toBeNull();
    expect(unsealTold(one, sealed.slice(0, at))).toBeNull();
  }
  vi.stubEnv('AUTH_SECRET', 'another secret, after the first was lost somewhere');
  expect(unsealTold(one, sealed)).toBeNull();
});
