import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { postTag, SLOTS, slotOf } from '../../../lib/cache-tags';
import { Changes } from '../../../server/changes';

const slots = fc.integer({ min: 0, max: SLOTS - 1 });
const written = (versions: Map<number, number>) => [...versions].sort(([a], [b]) => a - b).map(([slot, version]) => `${slot}:${version}`).join(' ');

test('every tag has one slot, and posts are spread over all of them', () => {
  const used = Array.from({ length: 2_000 }, (_, index) => slotOf(postTag(String(index))));
  expect(Math.min(...used)).toBe(0);
  expect(new Set(used).size).toBe(SLOTS);
  expect(slotOf(postTag('7'))).toBe(slotOf(postTag('7')));
  expect(slotOf('site')).not.toBe(slotOf('posts'));
});

test('versions read one after the other note just what has changed between them', () => {
  fc.assert(fc.property(fc.array(fc.array(slots, { maxLength: 5 })), (rounds) => {
    const changes = new Changes();
    const versions = new Map<number, number>();
    changes.noteVersions('');
    for (const raised of rounds) {
      const before = changes.now;
      for (const slot of raised) versions.set(slot, (versions.get(slot) ?? 0) + 1);
      changes.noteVersions(written(versions));
      for (let slot = 0; slot < SLOTS; slot++) expect(changes.areUnchanged([slot], before)).toBe(!raised.includes(slot));
      expect(changes.now === before).toBe(raised.length === 0);
    }
  }));
});

test('after a time in which nothing could be heard, and at the first reading, everything may have changed', () => {
  const changes = new Changes();
  const first = changes.now;
  changes.noteVersions('3:1');
  expect(changes.areUnchanged([5], first)).toBe(false);
  const second = changes.now;
  changes.noteAll();
  expect(changes.areUnchanged([5], second)).toBe(false);
  const third = changes.now;
  changes.noteVersions('3:1');
  expect(changes.areUnchanged([5], third)).toBe(false);
});
