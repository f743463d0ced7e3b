const systemIsDark = () => window.matchMedia('(prefers-color-scheme: dark)').matches;

const isDark = () => (document.documentElement.dataset.theme ?? (systemIsDark() ? 'dark' : 'light')) === 'dark';

function keep(theme: string): void {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage may be forbidden; the theme then lasts as long as the page.
  }
}

/** Shows the switch, which does nothing without script, and lets it turn the dark theme on and off. */
export function themeSwitch(button: HTMLElement): void {
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  button.hidden = false;
  show();
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    keep(theme);
    show();
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
}
