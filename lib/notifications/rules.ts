import { t } from '../words/t';
import { FAILURE_MAX_CHARACTERS, SUBJECT_MAX_CHARACTERS, type MailState } from './schema';

/** Text as it may stand in one line of a mail's head: no line breaks or control characters, one space for any run of them. */
export function oneLine(text: string, maxCharacters: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, maxCharacters).join('');
}

export const subjectLine = (subject: string): string => oneLine(subject, SUBJECT_MAX_CHARACTERS);

export type Sender = { name: string; address: string };

/** MAIL_FROM in its parts: `Our blog <blog@example.com>`, or an address alone. */
export function senderOf(from: string): Sender {
  const { name = '', address = from } = /^(?<name>.*)<(?<address>[^<>]+)>\s*$/s.exec(from)?.groups ?? {};
  return { name: oneLine(name, SUBJECT_MAX_CHARACTERS).replace(/^"(.*)"$/, '$1'), address: address.trim() };
}

const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * SMTP_URL as nodemailer is to take it. Where `smtp://` leads to another machine, a server that offers no TLS is told
 * nothing, unless the address says `requireTLS=false` or `ignoreTLS=true`: a mail may be the way into an account, and
 * whoever stands between could say that there is no TLS. `defaults`: what it says where the address does not.
 */
export function mailServerOf(smtpUrl: string, defaults: Record<string, number>): URL {
  const url = new URL(smtpUrl);
  for (const [name, value] of Object.entries(defaults)) if (!url.searchParams.has(name)) url.searchParams.set(name, String(value));
  const isOwn = THIS_MACHINE.test(url.hostname);
  const isSaid = url.searchParams.has('requireTLS') || url.searchParams.get('ignoreTLS') === 'true';
  if (url.protocol === 'smtp:' && !isOwn && !isSaid) url.searchParams.set('requireTLS', 'true');
  return url;
}

type Facts = { sentAt: Date | null; expires: Date | null; failure: string | null };

/** Where a mail is; `isQueued`: a job to send it is waiting or under way. */
export function mailState({ sentAt, expires, failure }: Facts, isQueued: boolean, now: Date): MailState {
  if (sentAt) return 'sent';
  if (isExpired({ expires }, now)) return 'expired';
  if (isQueued) return 'waiting';
  return failure === null ? 'kept' : 'failed';
}

/** Whether the owner may have a mail sent again: it failed, nobody tries it any more, and its words are there. */
export const maySendAgain = ({ state, text }: { state: MailState; text: string }): boolean => state === 'failed' && text !== '';

/** Whether a mail is of no use to anyone any more. */
export const isExpired = ({ expires }: Pick<Facts, 'expires'>, now: Date): boolean => expires !== null && expires <= now;

/** What nodemailer tells of a mail that was not taken. */
export type MailError = { code?: string | undefined; command?: string | undefined; responseCode?: number | undefined; response?: string | undefined; message?: string | undefined };

/** Whether trying again is of no use: the server has refused this recipient or this mail for good (5xx, RFC 5321 4.2.1). */
export function isRefusedForGood({ command = '', responseCode = 0 }: MailError): boolean {
  return responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command);
}

/** Of what a server answers; the rest of a failure's column is for our own words. */
const RESPONSE_MAX_CHARACTERS = FAILURE_MAX_CHARACTERS - 100;

/** Why a mail was not sent, for the owner. */
export function failureSentence(error: MailError): string {
  return error.response ? `${causeOf(error)} ${t('notifications.failure.itSaid', { response: oneLine(error.response, RESPONSE_MAX_CHARACTERS) })}` : causeOf(error);
}

// nodemailer tells of a certificate as of any broken connection, and of a server that hangs up at once by words alone.
const ABOUT_CERTIFICATE = /certificate/i;
const HUNG_UP = /socket close/i;

function causeOf({ code = '', command, message = '' }: MailError): string {
  if (['ESOCKET', 'ETLS'].includes(code) && ABOUT_CERTIFICATE.test(message)) return t('notifications.failure.certificate');
  if (command === 'MAIL FROM') return t('notifications.failure.sender');
  if (command === 'RCPT TO') return t('notifications.failure.address');
  if (code === 'EAUTH' || code === 'ENOAUTH') return t('notifications.failure.password');
  if (code === 'ETLS') return t('notifications.failure.notSafe');
  if (command === 'DATA' || code === 'EMESSAGE') return t('notifications.failure.refused');
  if (['EDNS', 'ESOCKET', 'ECONNECTION', 'ETIMEDOUT', 'ECONNREFUSED', 'ENOTFOUND'].includes(code) || HUNG_UP.test(message)) return t('notifications.failure.noAnswer');
  return t('notifications.failure.unknown');
}

export type TextPart = { text: string; href: string | null };

const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^]+/g;

/** A mail's text in pieces, those that are addresses of this blog (`origin`) as links. Joined they are the text again. */
export function partsOfText(text: string, origin: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(/[.,;:!?)\]]+$/, '');
    if (!URL.canParse(address) || new URL(address).origin !== origin) continue;
    parts.push({ text: text.slice(from, index), href: null }, { text: address, href: new URL(address).href });
    from = index + address.length;
  }
  return [...parts, { text: text.slice(from), href: null }].filter((part) => part.text !== '');
}
