import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Field } from '@/components/ui/field';

test('a field is named by its label and described by its hint', () => {
  render(<Field id="e" name="email" label="Email (required)" hint="Address never made public" type="email" defaultValue="a@b.c" />);
  const input = screen.getByRole('textbox', { name: 'Email (required)' }) as HTMLInputElement;
  const described = document.getElementById(input.getAttribute('aria-describedby') ?? '');
  expect([input.value, described?.textContent, input.getAttribute('aria-invalid')]).toEqual(['a@b.c', 'Address never made public', null]);
});

test('after a refusal the field is marked wrong and its sentence is tied to it', () => {
  render(<Field id="e" name="email" label="Email" hint="Hint" error="Write an address." multiline />);
  const input = screen.getByRole('textbox', { name: 'Email' });
  expect(input.tagName).toBe('TEXTAREA');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(input.getAttribute('aria-describedby')).toBe('e-hint e-error');
  expect(document.getElementById('e-error')?.textContent).toBe('Write an address.');
});
