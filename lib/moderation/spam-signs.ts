import { t } from '../words/t';

/**
 * The signs of the spam score as they are kept with a comment: in English, whatever the blog's language was then; of those
 * that name something what stands before it and after it. One that is contained in another stands after it.
 */
const SIGNS = {
  noLink: 'no link',
  link: 'a link',
  share: ['', ' % of it are links'],
  links: ['', ' links'],
  long: 'how long it is',
  short: 'how short it is',
  capitals: 'so many capital letters',
  digits: 'so many digits',
  styled: 'letters that only look like letters',
  emoji: 'so many emoji',
  exclamation: 'an exclamation mark',
  exclamations: 'so many exclamation marks',
  money: 'a sum of money',
  phone: 'a number like a phone number',
  website: 'the website of its writer',
  longName: 'a name of many words',
  mail: 'where its writer has mail',
  number: ['a number of ', ' digits'],
  word: ['the word “', '”'],
  pair: ['the words “', '”'],
  linkWord: ['the word “', '” in a link'],
  nameWord: ['the word “', '” in the name'],
  linkEnding: ['a link to an address in ', ''],
  linkHost: ['a link to ', ''],
  siteEnding: ['a website in ', ''],
  siteHost: ['the website ', ''],
} as const satisfies Record<string, string | readonly [string, string]>;

export type Sign = keyof typeof SIGNS;

const ALL = Object.entries(SIGNS) as [Sign, string | readonly [string, string]][];

/** A sign as it is kept. `what`: the word, the host, the number or the like that it names. */
export function keptSign(sign: Sign, what: string | number = ''): string {
  const words = SIGNS[sign];
  return typeof words === 'string' ? words : `${words[0]}${what}${words[1]}`;
}

/** A sign that was kept, as it is said now: words that follow “Looks like spam:”. What is none is said as it stands. */
export function signWords(kept: string): string {
  for (const [sign, words] of ALL) {
    if (words === kept) return t(`screening.sign.${sign}`, { what: '' });
    const [before, after] = typeof words === 'string' ? [words, null] : words;
    if (after !== null && kept.length > before.length + after.length && kept.startsWith(before) && kept.endsWith(after)) {
      return t(`screening.sign.${sign}`, { what: kept.slice(before.length, kept.length - after.length) });
    }
  }
  return kept;
}
