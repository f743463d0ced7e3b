import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { THEME_SCRIPT } from '@/components/layout/theme-script';
import { ThemeSwitch } from '@/components/layout/theme-switch';
import { themeSwitch } from '@/components/layout/theme-switch.enhance';

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.theme;
  window.matchMedia = vi.fn().mockReturnValue({ matches: false, addEventListener: () => {} });
});

const runThemeScript = () => new Function(THEME_SCRIPT)();

test('without script there is no switch to press', () => {
  render(<ThemeSwitch />);
  expect(screen.queryByRole('button')).toBeNull();
});

test('the switch turns the dark theme on, keeps it, and turns it off again', () => {
  render(<ThemeSwitch />);
  themeSwitch(screen.getByRole('button', { hidden: true }));
  const button = screen.getByRole('button', { name: 'Dark theme' });
  expect(button.getAttribute('aria-pressed')).toBe('false');
  fireEvent.click(button);
  expect([document.documentElement.dataset.theme, button.getAttribute('aria-pressed')]).toEqual(['dark', 'true']);
  delete document.documentElement.dataset.theme;
  runThemeScript();
  expect(document.documentElement.dataset.theme).toBe('dark');
  fireEvent.click(button);
  expect([document.documentElement.dataset.theme, button.getAttribute('aria-pressed')]).toEqual(['light', 'false']);
});

test('before first paint only a theme that exists is taken from storage', () => {
  localStorage.setItem('theme', '"><script>');
  runThemeScript();
  expect(document.documentElement.dataset.theme).toBeUndefined();
});
