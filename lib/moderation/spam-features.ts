import { beginningOf } from '../text/plain';
import { folded } from './phrases';
import { keptSign } from './spam-signs';

/** What of a comment the spam score looks at. Of an address only the part behind the @ is read. */
export type SpamText = { name: string; email: string; website: string; text: string; linkHosts: readonly string[]; linkShare: number };

/** A sign that a comment has: `key` names it, `id` is what is kept of it, `words` is what a moderator is told, as it is kept (spam-signs.ts). */
export type Feature = { id: number; key: string; words: string };

/** Of a longer text only its beginning and its end are looked at: what is advertised stands in one of them. */
const READ_CHARACTERS = 12_000;
const READ_AT_END = 4_000;
/** So many signs at most are taken of one comment. */
export const MAX_FEATURES = 1_500;
const MAX_NAME_WORDS = 6;
const FIELD_CHARACTERS = 300;
const MAX_LINK_WORDS = 12;
const MAX_HOSTS = 20;
const WORD_MAX_CHARACTERS = 24;
const SHOWN_CHARACTERS = 40;

/** A 53-bit hash (cyrb53, public domain): a whole number that JavaScript and PostgreSQL hold alike. */
export function hashOf(key: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

const shown = (words: string): string => beginningOf(words, SHOWN_CHARACTERS);
/** The smallest step of a scale that a number reaches. */
const stepOf = (value: number, steps: readonly number[]): number => steps.findLast((step) => value >= step) ?? 0;
const shareOf = (text: string, pattern: RegExp): number => (text.length === 0 ? 0 : (text.match(pattern)?.length ?? 0) / text.length);
/** A host without `www.`, and the end of its name. */
const bare = (host: string): string => host.toLowerCase().replace(/^www\./, '');
const endingOf = (host: string): string => host.slice(host.lastIndexOf('.'));

const partOf = (text: string): string => (text.length <= READ_CHARACTERS ? text : `${text.slice(0, READ_CHARACTERS - READ_AT_END)} ${text.slice(-READ_AT_END)}`);

const WEB_ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"')\]]+|\b[a-z0-9-]{2,60}\.(?:com|net|org|info|biz|ru|cn|top|xyz|shop|site|online|club|store|vip|icu|live|pro|win|bet)\b(?:\/[^\s<>"')\]]*)?/gi;
const SPACED_LETTERS = /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}][\s.\-_*·]{1,2}){3,40}[\p{L}\p{N}](?![\p{L}\p{N}])/gu;
const STYLED_LETTERS = /[\u{1D400}-\u{1D7FF}\u{1F130}-\u{1F189}\u{2460}-\u{24FF}\u{FF21}-\u{FF5A}]/gu;
const PICTOGRAMS = /\p{Extended_Pictographic}/gu;
const MONEY = /[$€£¥]\s?\d|\d\s?(?:[$€£¥]|usd|eur|dollars?|euros?|pounds?)\b/i;
const PHONE = /(?<![\d/])\+?\d[\d\s().-]{7,20}\d(?![\d/])/;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’]*/gu;

/** The words of a text, folded; a number as how long it is, a letter joined with those that stand apart from it. */
function wordsOf(text: string): string[] {
  const joined = text.replace(SPACED_LETTERS, (letters) => letters.replace(/[^\p{L}\p{N}]/gu, ''));
  return (folded(joined).match(WORD) ?? []).map((word) => {
    const plain = word.replace(/['’]/g, '');
    return /^\d+$/.test(plain) ? `#${Math.min(plain.length, 9)}` : plain.replace(/(.)\1{2,}/gu, '$1').slice(0, WORD_MAX_CHARACTERS);
  }).filter((word) => word !== '');
}

/** Of an address, the words that say something. */
const linkWordsOf = (address: string): string[] =>
  wordsOf(address).filter((word) => word.length > 2 && !/^(https?|www|com|net|org|html?|php)$/.test(word)).slice(0, MAX_LINK_WORDS);

const shownWord = (word: string): string => (word.startsWith('#') ? keptSign('number', word.slice(1)) : keptSign('word', shown(word)));
const shownPair = (words: string): string => keptSign('pair', shown(words.replace(/#\d/g, '…')));

type Add = (key: string, words: string) => void;

function addShape(add: Add, text: string, { linkHosts, linkShare, website, name }: SpamText, written: readonly string[]): void {
  const links = Math.max(linkHosts.length, written.length);
  const amount = stepOf(links, [1, 2, 3, 5, 10]);
  add(`links ${amount}`, links === 0 ? keptSign('noLink') : links === 1 ? keptSign('link') : keptSign('links', links));
  const part = stepOf(linkShare, [0.1, 0.3, 0.6]);
  if (part > 0) add(`share ${part}`, keptSign('share', Math.round(linkShare * 100)));
  const size = stepOf(text.length, [20, 60, 150, 400, 1_000, 3_000]);
  add(`size ${size}`, keptSign(size >= 400 ? 'long' : 'short'));
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = stepOf(letters < 10 ? 0 : (text.match(/\p{Lu}/gu)?.length ?? 0) / letters, [0.3, 0.6]);
  if (capitals > 0) add(`capitals ${capitals}`, keptSign('capitals'));
  const digits = stepOf(shareOf(text, /\d/g), [0.05, 0.15]);
  if (digits > 0) add(`digits ${digits}`, keptSign('digits'));
  if (STYLED_LETTERS.test(text)) add('styled', keptSign('styled'));
  STYLED_LETTERS.lastIndex = 0;
  const signs = stepOf(text.match(PICTOGRAMS)?.length ?? 0, [1, 3, 8]);
  if (signs > 0) add(`signs ${signs}`, keptSign('emoji'));
  const cries = stepOf(text.match(/!/g)?.length ?? 0, [1, 3, 8]);
  if (cries > 0) add(`cries ${cries}`, keptSign(cries === 1 ? 'exclamation' : 'exclamations'));
  if (MONEY.test(text)) add('money', keptSign('money'));
  if (PHONE.test(text)) add('phone', keptSign('phone'));
  if (website !== '') add('website', keptSign('website'));
  if (name !== '' && wordsOf(name).length > 3) add('long name', keptSign('longName'));
}

function addHosts(add: Add, { email, website, linkHosts }: SpamText, written: readonly string[]): void {
  const hostIn = (address: string): string => address.replace(/^https?:\/\//i, '').split(/[/?#:]/)[0] ?? '';
  const hosts = [...linkHosts, ...written.map(hostIn)].map(bare).filter((host) => host !== '');
  for (const host of new Set(hosts.slice(0, 2 * MAX_HOSTS))) {
    add(`host ${host}`, keptSign('linkHost', shown(host)));
    add(`ending ${endingOf(host)}`, keptSign('linkEnding', endingOf(host)));
  }
  for (const part of written.slice(0, MAX_HOSTS)) {
    for (const word of linkWordsOf(part)) add(`in link ${word}`, keptSign('linkWord', shown(word)));
  }
  const site = bare(hostIn(website));
  if (site !== '') {
    add(`site ${site}`, keptSign('siteHost', shown(site)));
    add(`ending ${endingOf(site)}`, keptSign('siteEnding', endingOf(site)));
    for (const word of linkWordsOf(site)) add(`in link ${word}`, keptSign('linkWord', shown(word)));
  }
  const domain = bare(email.slice(email.lastIndexOf('@') + 1));
  if (domain !== '' && email.includes('@')) add(`mail ${domain}`, keptSign('mail'));
}

function addWords(add: Add, words: readonly string[]): void {
  words.forEach((word, at) => {
    add(`w ${word}`, shownWord(word));
    const next = words[at + 1];
    if (next !== undefined) add(`p ${word} ${next}`, shownPair(`${word} ${next}`));
  });
}

/**
 * The signs of a comment, each once. Pure, bounded whatever its length (MAX_FEATURES), the same for the same comment in
 * every version that learned it: a change of a key makes what was learned by the old one count for nothing.
 */
export function featuresOf(given: SpamText): Feature[] {
  const found = new Map<string, Feature>();
  const add: Add = (key, words) => {
    if (found.size < MAX_FEATURES && !found.has(key)) found.set(key, { id: hashOf(key), key, words });
  };
  const comment = { ...given, name: given.name.slice(0, FIELD_CHARACTERS), website: given.website.slice(0, FIELD_CHARACTERS), linkHosts: given.linkHosts.slice(0, MAX_HOSTS) };
  const text = partOf(comment.text);
  const written = text.match(WEB_ADDRESS) ?? [];
  addShape(add, text, comment, written);
  addHosts(add, comment, written);
  for (const word of wordsOf(comment.name).slice(0, MAX_NAME_WORDS)) add(`n ${word}`, keptSign('nameWord', shown(word)));
  addWords(add, wordsOf(text.replace(WEB_ADDRESS, ' ')));
  return [...found.values()];
}
