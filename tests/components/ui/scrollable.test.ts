import { expect, test } from 'vitest';
import { scrollable } from '@/components/ui/scrollable.enhance';

const code = (scrollWidth: number) => {
  const pre = document.createElement('pre');
  Object.defineProperties(pre, { scrollWidth: { value: scrollWidth }, clientWidth: { value: 300 } });
  scrollable(pre);
  return pre;
};

test('code wider than the page is reached by the keyboard, other code is not a stop', () => {
  expect(code(500).tabIndex).toBe(0);
  expect(code(300).hasAttribute('tabindex')).toBe(false);
});
