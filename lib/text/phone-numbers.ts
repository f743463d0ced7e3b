import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max';
import { blanked, oneOf, spansOf, type Span } from './detail-kinds';

/** A run of digits and what people put between them. Never a line's end: below a number another one may stand. */
const RUN = /(?<![\p{L}\p{N}_])[+(]{0,2}\d(?:[ \u00a0\u202f().\/\u2010-\u2015-]{0,4}\d)*/gu;
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;
/** So many are judged: a table of figures is no list of telephones. */
const MAX_NUMBERS = 200;

/** Days, months, years, and American postcodes: as many digits as a telephone, and dots and dashes between them. */
const NO_PHONES = [
  /(?<![\d.\/-])\d{1,2}\.\d{1,2}\.?\s?[-–—]\s?\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?![.\/-]?\d)/g,
  /(?<!\d|\d[.\/-])\d{1,2}([.\/-])\d{1,2}\1(?:19|20)?\d{2}(?![.\/-]?\d)/g,
  /(?<![\d.\/-])(?:19|20)\d{2}([.\/-])\d{1,2}\1\d{1,2}(?![.\/-]?\d)/g,
  /(?<![\d.\/-])\d{1,2}[.\/](?:19|20)\d{2}(?![.\/]?\d)/g,
  /(?<![\d+(.\/-])\d{5}-\d{4}(?![ .\/-]?\d)/g,
  /(?<![\d+(.\/-])(?:19|20)\d{2}\s?[-–—\/]\s?(?:19|20)?\d{2}(?!\d|[ .\/-]\d)/g,
];

/** What says that a number is somebody's telephone. */
const SAYS_PHONE = new RegExp(`(?<!\\p{L})${oneOf(`
  tele?ph?one tel telephone phone phones mobile mob cell cellphone call ring text whats?app sms viber fax my_number number_is numbers_are
  telefon telefonnummer handy handynummer mobil mobilnummer nummer_ist anrufen ruf rufen erreichbar erreichst erreichen
  téléphone portable numéro numero tél appelle appelez appeler joindre teléfono móvil celular llama llámame llamar llamad
  telefoon mobiel bel bellen nummer_is telefono cellulare chiama chiamami chiamare telefone telemóvel ligue
`)}(?!\\p{L})[^\\d\\n\u25a0]{0,24}$`, 'iu');
/** What says that it is another number. */
const SAYS_OTHER = new RegExp(`(?:${oneOf(`
  isbn issn ean doi pmid iban bic vat order ticket invoice reference ref tracking account customer serial version article case post comment card
  \\p{L}*bestell\\p{L}* \\p{L}*kunden\\p{L}* \\p{L}*rechnung\\p{L}* konto\\p{L}* artikel\\p{L}* aktenzeichen commande facture pedido factura
`)}[^\\d\\n\u25a0]{0,12}|[£$€#]\\s?|(?<!\\p{L})(?:isbn|issn)[^\\n]{0,16})$`, 'iu');
/** What is counted is no telephone. */
const COUNTED = /^\s?(?:%|€|£|\$|°|(?:euros?|dollars?|pounds?|people|persons|inhabitants|times|words|readers|views|visitors|children|km|kg|einwohner|menschen|habitants|habitantes|inwoners|abitanti)(?!\p{L}))/iu;

/** Lines that anybody may call, and that are printed for it: free ones, services, help. By what they begin with in their own country. */
const PUBLIC = /^(?:0?0?80[0-9]|0805|0900|0180|1?8(?:00|33|44|55|66|77|88)(?=\D*\d{3}\D*\d{4}$))/;
const PUBLIC_BRITISH = /^0(?:3\d\d|84\d|87\d) \d{3} \d{4}$/;
const PUBLIC_TYPES: readonly NumberType[] = ['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOICEMAIL'];

/** Where a number is looked for that begins with a nought: there it says “in this country”. */
const WITH_NOUGHT: readonly CountryCode[] = ['GB', 'DE', 'FR', 'NL', 'IT', 'AT', 'CH'];
const ANYWHERE: readonly CountryCode[] = [...WITH_NOUGHT, 'US', 'ES', 'PT', 'PL', 'DK'];
/** How numbers are written that begin with none. */
const AMERICAN = /^(?:1[ .-]?)?(?:\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}([ .-])\d{3}\1\d{4})$/;
const IBERIAN = /^(?:[5-9]\d{2}([ -])\d{3}\1\d{3}|[6-9]\d{2}([ .-])\d{2}\2\d{2}\2\d{2}|[89]\d ?\d{3} ?\d{2} ?\d{2})$/;
const ASCENDING = '01234567890123456789';

type Parsed = ReturnType<typeof parsePhoneNumberFromString>;
const isPublic = (parsed: Parsed): boolean => PUBLIC_TYPES.includes(parsed?.getType());
const isKnownIn = (regions: readonly CountryCode[], written: string, is: 'isValid' | 'isPossible'): boolean => regions.some((region) => parsePhoneNumberFromString(written, region)?.[is]() === true);

/** With the country's number before it: `+49 …`, `0044 …`. */
function isInternational(written: string, isSaid: boolean): boolean {
  const parsed = parsePhoneNumberFromString(written.replace(/^\(?(?:\+|00)/, '+').replace('(0)', ''));
  return Boolean(parsed) && !isPublic(parsed) && (parsed?.isValid() === true || (parsed?.isPossible() === true && (isSaid || /\D/.test(written.slice(1)))));
}

function isPhone(written: string, digits: string, isSaid: boolean): boolean {
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return false;
  if (ASCENDING.includes(digits) && digits === written && !isSaid) return false;
  if (/^\(?\+/.test(written) || (written.startsWith('00') && digits.length > 9 && !PUBLIC.test(digits))) return isInternational(written, isSaid);
  if (PUBLIC.test(digits) || PUBLIC_BRITISH.test(written)) return false;
  if (isSaid) return isKnownIn(ANYWHERE, written, 'isPossible') || /^\d{3}[ -]?\d{4}$/.test(written);
  if (AMERICAN.test(written)) return true;
  if (/^\(?0[1-9]/.test(written)) return digits.length >= 9 && digits.length <= 12 && isKnownIn(WITH_NOUGHT, written, 'isValid');
  return IBERIAN.test(written) && isKnownIn(['ES', 'PT', 'PL'], written, 'isValid');
}

/** A run may be two numbers: `030 1234567 / 0171 2345678`. */
function numbersIn({ start, end }: Span, text: string): Span[] {
  const run = text.slice(start, end);
  // A bracket around a whole sentence.
  if (run.startsWith('(') && !run.includes(')')) return numbersIn({ start: start + 1, end }, text);
  if (run.replace(/\D/g, '').length <= MAX_DIGITS) return [{ start, end }];
  const parts = [...run.matchAll(/(?:[^ /+\u00a0]|[ /](?![ /]|[+0]\d)|(?<=^|[ /])\+)+/g)];
  return parts.map(({ index, 0: part }) => ({ start: start + index, end: start + index + part.trimEnd().length }));
}

/**
 * Telephone numbers of people in a text: with a country's number, as their own country writes them, or where the words
 * before say that it is one. Not free lines, help lines and services, dates, prices, and numbers of books and orders.
 * What is a number where: libphonenumber. Time linear.
 */
export function findPhoneNumbers(text: string): Span[] {
  const rest = NO_PHONES.reduce((left, pattern) => blanked(left, spansOf(pattern, left)), text);
  const runs = spansOf(RUN, rest).filter(({ start, end }) => end - start >= MIN_DIGITS);
  return runs.flatMap((run) => numbersIn(run, rest)).slice(0, MAX_NUMBERS).filter(({ start, end }) => {
    const [written, before, after] = [rest.slice(start, end), rest.slice(Math.max(0, start - 40), start), rest.slice(end, end + 20)];
    if (SAYS_OTHER.test(before) || COUNTED.test(after) || /^(?:\p{L}|,\d{1,2}(?!\d))/u.test(after)) return false;
    return isPhone(written, written.replace(/\D/g, ''), SAYS_PHONE.test(before));
  });
}
