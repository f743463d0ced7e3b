import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Portrait } from '@/components/identity/portrait';

test('a picture says nothing to who does not see it, has its size before it comes, and comes when it is near', () => {
  const { container } = render(<Portrait name="Ines" picture="/pictures/abc.webp" />);
  const picture = container.querySelector('img');
  expect(picture?.getAttribute('alt')).toBe('');
  expect(['src', 'width', 'height', 'loading', 'decoding'].map((name) => picture?.getAttribute(name))).toEqual(['/pictures/abc.webp', '36', '36', 'lazy', 'async']);
  expect(screen.queryByRole('img')).toBeNull();
});

test('without a picture stand the initials, for the eye only', () => {
  const { container } = render(<Portrait name="Marlene Haushofer" picture={null} size="large" />);
  const monogram = container.querySelector('[aria-hidden="true"]');
  expect(monogram?.textContent).toBe('MH');
  expect(monogram?.className).toMatch(/^portrait portrait--large hue-(\d|1[01])$/);
  expect(container.querySelector('img')).toBeNull();
});

test('nothing about it is written into the page as a style, which the policy forbids', () => {
  const { container } = render(<><Portrait name="Ines" picture={null} /><Portrait name="Ines" picture="/pictures/abc.webp" /></>);
  expect(container.querySelector('[style]')).toBeNull();
});
