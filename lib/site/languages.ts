/** Languages of a blog whose dates are written as its readers write them, from left to right or from right to left as its pages are then. BCP 47. */
export const LANGUAGES = [
  'en', 'en-US', 'af', 'ar', 'bg', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'de-AT', 'de-CH', 'el', 'es', 'es-MX', 'et', 'eu', 'fa', 'fi', 'fil', 'fr', 'fr-CA', 'fr-CH',
  'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'is', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb', 'nl', 'nl-BE', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr',
  'sv', 'sw', 'ta', 'th', 'tr', 'uk', 'ur', 'vi', 'zh-Hans', 'zh-Hant',
] as const;

export type Choice = { value: string; label: string };

/** What can be chosen, each in its own words, and the present one where it is another. For the server alone: a browser may call one otherwise. */
export function languageChoices(present: string): Choice[] {
  const tags: string[] = [...LANGUAGES];
  if (!tags.includes(present)) tags.push(present);
  return tags.map((value) => ({ value, label: `${nameOf(value)} (${value})` })).sort((one, other) => one.label.localeCompare(other.label, 'en'));
}

function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Every time zone that this process knows by its IANA name, UTC, and the present one where it is another. */
export function zoneChoices(present: string): Choice[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present]);
  return [...zones].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** Whether dates can be written in a zone, by its name; `+01:00` is none. */
export function isZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** Whether dates can be written in a language, by its BCP 47 tag. */
export function isLanguage(tag: string): boolean {
  try {
    return tag.length <= 35 && Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}
