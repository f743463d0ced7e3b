import { expect, test } from 'vitest';
import { readBox } from '@/lib/comments/box';
import { takenOut, wordBefore } from '@/lib/comments/word-before';

const PHONE = 'Call me on 0171 2345678.';
const told = (text: string) => wordBefore(text, '')?.told ?? '';

function sent(given: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(given)) form.set(name, value);
  return readBox(form);
}

test('a text that shows nothing needs no word', () => {
  expect(wordBefore('Call me sometime.', '')).toBeNull();
});

test('a text that shows something is told of it, once', () => {
  expect(wordBefore(PHONE, '')).toMatchObject({ details: [{ kind: 'phone', shown: '0171 2345678' }] });
  expect(wordBefore(PHONE, told(PHONE))).toBeNull();
  expect(wordBefore(`${PHONE} Please!`, told(PHONE))).toBeNull();
});

test('what is new is told, and what was told stays known', () => {
  const both = `${PHONE} Or write to jane@example.com.`;
  const word = wordBefore(both, told(PHONE));
  expect(word?.details.map(({ kind }) => kind)).toEqual(['phone', 'email']);
  expect(wordBefore(both, word?.told ?? '')).toBeNull();
  expect(wordBefore(PHONE, word?.told ?? '')).toBeNull();
});

test('the same detail twice is named once, and no more than ten are named', () => {
  expect(wordBefore(`${PHONE} ${PHONE}`, '')?.details).toHaveLength(1);
  const many = Array.from({ length: 30 }, (_, index) => `a${index}@example.com`).join(', ');
  expect(wordBefore(many, '')?.details).toHaveLength(10);
  expect(wordBefore(many, told(many))).toBeNull();
});

test('marks that nobody made say nothing, and another text’s marks are not this one’s', () => {
  for (const made of ['x', '....', '0'.repeat(12), told('jane@example.com')]) expect([made, wordBefore(PHONE, made)?.details.length]).toEqual([made, 1]);
});

test('the box reads marks back as they were sent, and nothing else in their place', () => {
  const marks = told(Array.from({ length: 150 }, (_, index) => `a${index}@example.com`).join(', '));
  expect(marks.split('.')).toHaveLength(100);
  expect(sent({ told: marks }).told).toBe(marks);
  for (const made of ['<script>', 'f'.repeat(2000), 'abc']) expect([made, sent({ told: made }).told]).toEqual([made, '']);
});

test('the box knows the button that takes out, and Enter is no such button', () => {
  expect(sent({ intent: 'take-out' }).intent).toBe('take-out');
  expect(sent({}).intent).toBe('post');
});

test('what was told of goes out, and then there is nothing to tell', () => {
  expect(takenOut(PHONE)).toBe('Call me on [phone number].');
  expect(wordBefore(takenOut(`${PHONE} 12 Oak Street, jane@example.com`), '')).toBeNull();
  expect(takenOut('Call me sometime.')).toBe('Call me sometime.');
});

test('of a very long text the beginning is read, and nothing of it is lost', () => {
  const long = `${PHONE} ${'Many words. '.repeat(20_000)}The end.`;
  expect(wordBefore(long, '')?.details).toHaveLength(1);
  expect(takenOut(long)).toBe(long.replace('0171 2345678', '[phone number]'));
});

test('a text with more details than are kept as told is sent on the second try', () => {
  const list = Array.from({ length: 130 }, (_, at) => `reader${at}@example.com`).join('\n');
  expect(wordBefore(list, '')).not.toBeNull();
  expect(wordBefore(list, told(list))).toBeNull();
});
