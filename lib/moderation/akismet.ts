import pLimit from 'p-limit';
import { env } from '../env';
import { t } from '../words/t';

/** So long Akismet has for an answer, with all waiting. */
export const AKISMET_MS = 4_000;
/** So many questions are under way at a time in one process. */
const AT_ONCE = 8;
/** After so many failures in a row… */
const FAILURES_IN_A_ROW = 3;
/** …it is not asked for so long. */
const PAUSE_MS = 60_000;
const ANSWER_MAX_BYTES = 1_024;
const GUID_MAX_CHARACTERS = 100;

/** What is told of a comment, in Akismet's own names (https://akismet.com/developers, `comment-check`). */
export type AkismetFields = {
  user_ip: string;
  user_agent: string;
  referrer: string;
  permalink: string;
  comment_type: 'comment' | 'reply';
  comment_author: string;
  comment_author_email: string;
  comment_author_url: string;
  comment_content: string;
  comment_date_gmt: string;
};

/** `failure`: a sentence for the owner, in which no word of the comment, no address and no key stands. */
type Said = { text: string; guid: string | null } | { failure: string };

export type AkismetAnswer = { answer: 'spam' | 'ham'; guid: string | null } | { answer: 'silent'; failure: string };

const invalidKey = (): string => t('screening.akismet.invalidKey');
const unknownWords = (): string => t('screening.akismet.unknownWords');

/**
 * Asks Akismet about a comment (`comment-check`), for AKISMET_MS at most, a few at a time. Anything but its clear word is
 * silence. After several failures in a row it is not asked for a minute, so that an Akismet which is away slows nobody
 * down; that is known to this process alone, and each finds out for itself. `blog`: where the blog is.
 */
export type AskAkismet = (blog: string, fields: AkismetFields) => Promise<AkismetAnswer>;

/** `clock`: milliseconds that only grow. */
export function akismetAsker(clock: () => number): AskAkismet {
  const limited = pLimit(AT_ONCE);
  let failures = 0;
  let pausedUntil = -Infinity;
  return async (blog, fields) => {
    if (clock() < pausedUntil) return { answer: 'silent', failure: t('screening.akismet.pausing') };
    const signal = AbortSignal.timeout(AKISMET_MS);
    const answered = await limited(async () => {
      if (signal.aborted) return { answer: 'silent', failure: t('screening.akismet.tooMany') } as const;
      const answer = answerOf(await post('comment-check', { ...fields, api_key: keyOf(), blog }, signal));
      failures = answer.answer === 'silent' ? failures + 1 : 0;
      if (failures >= FAILURES_IN_A_ROW) [failures, pausedUntil] = [0, clock() + PAUSE_MS];
      return answer;
    });
    return answered;
  };
}

function answerOf(said: Said): AkismetAnswer {
  if ('failure' in said) return { answer: 'silent', failure: said.failure };
  if (said.text === 'true' || said.text === 'false') return { answer: said.text === 'true' ? 'spam' : 'ham', guid: said.guid };
  return { answer: 'silent', failure: said.text === 'invalid' ? invalidKey() : unknownWords() };
}

/** Asks whether Akismet takes the key (`verify-key`); null, with a sentence, where it did not say. */
export async function verifyAkismetKey(blog: string): Promise<{ isValid: boolean | null; failure: string }> {
  const said = await post('verify-key', { key: keyOf(), api_key: keyOf(), blog }, AbortSignal.timeout(AKISMET_MS));
  if ('failure' in said) return { isValid: null, failure: said.failure };
  if (said.text === 'valid' || said.text === 'invalid') return { isValid: said.text === 'valid', failure: said.text === 'valid' ? '' : invalidKey() };
  return { isValid: null, failure: unknownWords() };
}

/** Tells Akismet that it was wrong. Value: the sentence of a failure, or null. */
export async function submitToAkismet(as: 'spam' | 'ham', blog: string, fields: AkismetFields & { comment_check_response: 'true' | 'false'; guid?: string }): Promise<string | null> {
  const said = await post(`submit-${as}`, { ...fields, api_key: keyOf(), blog }, AbortSignal.timeout(AKISMET_MS));
  if ('failure' in said) return said.failure;
  if (said.text.startsWith('Thanks')) return null;
  return said.text === 'invalid' ? invalidKey() : unknownWords();
}

const keyOf = (): string => env().AKISMET_KEY ?? '';

async function post(call: string, fields: Record<string, string>, signal: AbortSignal): Promise<Said> {
  try {
    const response = await fetch(`${env().AKISMET_URL}/1.1/${call}`, {
      method: 'POST', body: new URLSearchParams({ ...fields, blog_charset: 'UTF-8' }), headers: { 'user-agent': `Soapbox/${process.env.SOAPBOX_VERSION || '1'}` },
      // Followed, a redirect would take an address elsewhere.
      redirect: 'manual', cache: 'no-store', signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { failure: t('screening.akismet.status', { status: String(response.status) }) };
    }
    const text = await readShort(response);
    return text === null ? { failure: unknownWords() } : { text: text.trim(), guid: response.headers.get('x-akismet-guid')?.slice(0, GUID_MAX_CHARACTERS) ?? null };
  } catch {
    return { failure: signal.aborted ? t('screening.akismet.late', { seconds: AKISMET_MS / 1000 }) : t('screening.akismet.unreachable') };
  }
}

/** The text of an answer; null where it is longer than any that Akismet gives. */
async function readShort({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > ANSWER_MAX_BYTES) return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
