import { spokenLanguage } from './t';

/** Names in one line, as the blog's language lists them: `Anna, Ben and Carl`. */
export function listed(names: readonly string[]): string {
  const language = spokenLanguage();
  // `en` alone would write the American comma: `Anna, Ben, and Carl`.
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(names);
}
