/** Which way a language is written, by its BCP 47 tag. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  try {
    // As Node 20 has it, before it became a method: its types know neither.
    const locale = new Intl.Locale(tag) as Intl.Locale & { textInfo?: { direction?: string } };
    return locale.textInfo?.direction === 'rtl' ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}
