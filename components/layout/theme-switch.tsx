import { Moon, Sun } from 'lucide-react';
import { t } from '@/lib/words/t';

/** Turns the dark theme on and off; `theme-switch.enhance.ts` shows it. */
export function ThemeSwitch() {
  return (
    <span className="theme-place">
      <button type="button" className="theme-switch" data-enhance="theme-switch" aria-pressed="false" hidden>
        <Sun className="theme-sun" aria-hidden />
        <Moon className="theme-moon" aria-hidden />
        <span className="sr-only">{t('layout.header.dark')}</span>
      </button>
    </span>
  );
}
