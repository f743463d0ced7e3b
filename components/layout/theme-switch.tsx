/** Turns the dark theme on and off; `theme-switch.enhance.ts` shows it. The marks are Lucide's sun and moon (ISC). */
export function ThemeSwitch() {
  return (
    <span className="theme-place">
      <button type="button" className="theme-switch" data-enhance="theme-switch" aria-pressed="false" hidden>
        <svg className="theme-sun" viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="4" />
          <path d="M12 2v2M12 20v2m-7.07-17.07 1.41 1.41m11.32 11.32 1.41 1.41M2 12h2m16 0h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41" />
        </svg>
        <svg className="theme-moon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401" />
        </svg>
        <span className="sr-only">Dark theme</span>
      </button>
    </span>
  );
}
