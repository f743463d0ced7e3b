import { emailSchema } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { cleanText } from '../text/clean';
import { t } from '../words/t';
import { ANSWER_MAX_CHARACTERS, OUTCOMES, PLACE_MAX_CHARACTERS, REQUESTER_MAX_CHARACTERS, WORDS_MAX_CHARACTERS, type EnteredRemoval, type RemovalOutcome } from './schema';

const DAY_MS = 24 * 60 * 60 * 1000;

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
export const daysAfter = (now: Date, days: number): Date => daysBefore(now, -days);

/** Days until a moment, one that is begun as a whole one; below 0 when it is over. */
export function daysLeft(until: Date, now: Date): number {
  const days = (until.getTime() - now.getTime()) / DAY_MS;
  return days >= 0 ? Math.ceil(days) : Math.floor(days);
}

/** Where somebody asks what is kept of an address, and the page of it. */
export const ownDataPath = (token: string | null = null): string => `/privacy/data${token === null ? '' : `/${token}`}`;
/** Where somebody asks that something is taken down, and the page of the request. */
export const removalPath = (token: string | null = null): string => `/privacy/removal${token === null ? '' : `/${token}`}`;

const line = (typed: string): string => cleanText(typed).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
const length = (text: string): number => [...text].length;

/** The address of the form that asks what is kept of it. Refuses: `invalid`, with a sentence for its field. */
export function parseAddress(typed: string): Result<string> {
  const parsed = emailSchema.safeParse(typed);
  if (parsed.success) return ok(parsed.data);
  const sentence = typed.trim() === '' ? t('privacy.data.addressWanted') : (parsed.error.issues[0]?.message ?? '');
  return fail('invalid', sentence, { fields: { email: sentence } });
}

/** A request to take something down, checked. An address may be missing. Refuses: `invalid` with a sentence per field. */
export function parseRemoval(entered: EnteredRemoval): Result<EnteredRemoval> {
  const [place, name, words] = [line(entered.place), line(entered.name), cleanText(entered.words).trim()];
  const email = entered.email.trim() === '' ? ok('') : parseAddress(entered.email);
  const tooLong = (max: number) => t('privacy.removal.tooLong', { max });
  const fields = {
    ...(place === '' && { place: t('privacy.removal.placeWanted') }),
    ...(length(place) > PLACE_MAX_CHARACTERS && { place: tooLong(PLACE_MAX_CHARACTERS) }),
    ...(words === '' && { words: t('privacy.removal.wordsWanted') }),
    ...(length(words) > WORDS_MAX_CHARACTERS && { words: tooLong(WORDS_MAX_CHARACTERS) }),
    ...(length(name) > REQUESTER_MAX_CHARACTERS && { name: tooLong(REQUESTER_MAX_CHARACTERS) }),
    ...(!email.ok && { email: email.message }),
  };
  if (!email.ok || Object.keys(fields).length > 0) return fail('invalid', Object.values(fields).join(' '), { fields });
  return ok({ place, name, words, email: email.value });
}

export type Answer = { outcome: RemovalOutcome; answer: string };

/** What the desk answers. Refuses: `invalid`. */
export function parseAnswer({ outcome: chosen, answer: typed }: { outcome: string; answer: string }): Result<Answer> {
  const outcome = OUTCOMES.find((one) => one === chosen);
  const answer = cleanText(typed).trim();
  if (!outcome) return fail('invalid', t('privacy.desk.outcomeWanted'));
  if (answer === '') return fail('invalid', t('privacy.desk.answerWanted'));
  if (length(answer) > ANSWER_MAX_CHARACTERS) return fail('invalid', t('privacy.removal.tooLong', { max: ANSWER_MAX_CHARACTERS }));
  return ok({ outcome, answer });
}

/** What was typed as a place, as a path of this blog: of an address whose host is the blog's, or a path alone; else null. */
export function pathOfPlace(place: string, origin: string): string | null {
  if (!URL.canParse(place, origin)) return null;
  const url = new URL(place, origin);
  const isWritten = place.startsWith('/') || /^https?:\/\//i.test(place);
  return isWritten && url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : null;
}
