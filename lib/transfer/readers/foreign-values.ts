// Values of foreign exports: what they mean, or nothing where they mean nothing.

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?$/;

const within = (moment: Date): Date | null => {
  const year = moment.getUTCFullYear();
  return year >= 1000 && year <= 9999 ? moment : null;
};

/**
 * A moment from `2016-05-13T07:30:00.000Z`, with any offset from UTC or none (then it is UTC), or from milliseconds
 * since 1970 as some exports have them. Null for anything else, for days and hours that no calendar has, and for years
 * that PostgreSQL or we cannot mean.
 */
export function isoMomentOf(value: string | number): Date | null {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 8.64e15 && value !== 0 ? within(new Date(value)) : null;
  const text = value.trim();
  const parts = ISO.exec(text);
  if (!parts) return /^\d{12,13}$/.test(text) ? isoMomentOf(Number(text)) : null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone = 'Z'] = parts;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  if (Number(hour) > 23 || Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return null;
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return Number.isNaN(moment.getTime()) ? null : within(moment);
}

// The old numbers of comments are kept as a `bigint` of PostgreSQL.
const MAX_NUMBER = BigInt('9223372036854775807');

/** A number that a foreign blog gave, as text without leading zeros; '' for zero, for none and for what is no number or too large to be kept. */
export function numberOf(text: string): string {
  const digits = text.trim();
  if (!/^\d{1,30}$/.test(digits)) return '';
  const number = BigInt(digits);
  return number === BigInt(0) || number > MAX_NUMBER ? '' : String(number);
}

/**
 * HTML as it stands, for a blog whose line breaks in the source mean nothing and which knows no shortcodes: marked as a
 * block of HTML, so that neither is read into it. '' stays ''.
 */
export function htmlBlock(html: string): string {
  const plain = html.replace(/\[(?=\/?[a-z])/gi, '&#91;');
  return plain.trim() === '' ? '' : `<!-- wp:html -->\n${plain}\n<!-- /wp:html -->`;
}

/** The last part of an address's path without `.html`: what named the post there; '' where there is none. */
export function slugOfAddress(address: string): string {
  if (!URL.canParse(address, 'https://relative.invalid')) return '';
  const last = new URL(address, 'https://relative.invalid').pathname.split('/').filter(Boolean).at(-1) ?? '';
  return last.replace(/\.html?$/i, '');
}
