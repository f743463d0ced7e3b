import { describe, expect, test } from 'vitest';
import { bulkActOf, deskKeyOf, KEY_LIST } from '@/components/moderation/keys';

const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false };
const pressed = (key: string, how: Partial<typeof plain> = {}) => deskKeyOf({ ...plain, ...how, key });

describe('a key of the desk', () => {
  test.each([
    ['j', 'next'], ['k', 'previous'], ['a', 'approve'], ['u', 'unapprove'], ['s', 'spam'], ['d', 'trash'], ['z', 'restore'],
    ['r', 'reply'], ['q', 'edit'], ['e', 'edit'], ['x', 'select'], ['p', 'person'],
  ])('%s is %s, as in WordPress, with the caps lock on or off', (key, act) => {
    expect([pressed(key), pressed(key.toUpperCase())]).toEqual([act, act]);
  });

  test.each([['a', 'all-approve'], ['u', 'all-unapprove'], ['s', 'all-spam'], ['d', 'all-trash'], ['z', 'all-restore'], ['x', 'all-select']])('shift and %s is %s', (key, act) => {
    expect(pressed(key.toUpperCase(), { shiftKey: true })).toBe(act);
  });

  test('with shift does nothing where there is nothing to do to a selection', () => {
    for (const key of ['j', 'k', 'r', 'q', 'e', 'p']) expect(pressed(key, { shiftKey: true })).toBeNull();
  });

  test('? is the list of keys, on a keyboard that needs shift for it and on one that does not', () => {
    expect([pressed('?'), pressed('?', { shiftKey: true })]).toEqual(['help', 'help']);
  });

  test.each(['ctrlKey', 'altKey', 'metaKey'])('with %s is the browser’s or the system’s', (modifier) => {
    for (const key of 'jkauszdrqexp?') expect(pressed(key, { [modifier]: true })).toBeNull();
  });

  test('that is no key of the desk is nothing', () => {
    for (const key of ['b', 'Enter', ' ', 'Tab', 'Escape', '', 'ArrowDown', 'constructor', '__proto__']) expect([pressed(key), pressed(key, { shiftKey: true })]).toEqual([null, null]);
  });

  test('held down moves on and on, but decides once', () => {
    const held = [...'jkausdzrqexp'].filter((key) => pressed(key, { repeat: true }) !== null);
    expect(held).toEqual(['j', 'k']);
  });
});

test('d for a selection is Trash, and in Spam and Trash to delete for good', () => {
  expect((['pending', 'approved', 'all', 'spam', 'trash'] as const).map((queue) => bulkActOf('all-trash', queue))).toEqual(['trash', 'trash', 'trash', 'delete', 'delete']);
  expect(bulkActOf('trash', 'pending')).toBeNull();
});

test('the list names every key', () => {
  const named = KEY_LIST.flatMap(({ keys }) => keys).filter((key) => key.length === 1);
  expect([...'jkausdzrqexp?'].filter((key) => !named.includes(key))).toEqual([]);
});
