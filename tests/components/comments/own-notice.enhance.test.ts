import { beforeEach, expect, test } from 'vitest';
import { noticeIn, showNotice } from '@/components/comments/own-notice.enhance';

const LETTER = '<div data-box-notice>Please keep to the post.</div>';
const boxWith = (inside: string) => `<section data-comment-box>${inside}</section>`;
const pageWith = (inside: string) => new DOMParser().parseFromString(boxWith(inside), 'text/html');
const here = () => document.querySelector<HTMLElement>('[data-comment-box]');
const text = () => document.querySelector('textarea')?.value;

beforeEach(() => {
  document.body.innerHTML = boxWith('<textarea></textarea>');
});

test('a page that says nothing in its box has no notice', () => {
  expect(noticeIn(pageWith('<textarea></textarea>'))).toBeNull();
  expect(noticeIn(pageWith(LETTER))).not.toBeNull();
});

test('a warning comes above the text, and what is typed stays', () => {
  document.querySelector('textarea')!.value = 'Half a thought';
  showNotice(here(), noticeIn(pageWith(`${LETTER}<textarea></textarea>`))!);
  expect(here()?.textContent).toContain('Please keep to the post.');
  expect(text()).toBe('Half a thought');
});

test('that somebody cannot write takes the place of an empty box, but not of a text: that is given back once it is sent', () => {
  const said = noticeIn(pageWith(LETTER))!;
  document.querySelector('textarea')!.value = 'Half a thought';
  showNotice(here(), said);
  expect(text()).toBe('Half a thought');
  document.querySelector('textarea')!.value = '';
  showNotice(here(), said);
  expect(document.querySelector('textarea')).toBeNull();
});

test('a notice that stands there already, and a page without a box, are left as they are', () => {
  document.body.innerHTML = boxWith(`${LETTER}<textarea>Typed</textarea>`);
  const before = document.body.innerHTML;
  showNotice(here(), noticeIn(pageWith(`${LETTER}<textarea></textarea>`))!);
  expect(document.body.innerHTML).toBe(before);
  expect(() => showNotice(null, noticeIn(pageWith(LETTER))!)).not.toThrow();
});
