import { z } from '../zod';
import type { PauseReason } from './schema';

/** That mail to an address came back for good, or was called spam by whoever reads it. */
export type MailEvent = { email: string; reason: PauseReason };

/** Where a mail service tells of it; below it stands a secret. */
export const MAIL_EVENTS_PATH = '/api/mail-events';
export const MAIL_EVENTS_MAX_BYTES = 256 * 1024;

const address = z.string().max(320).transform((typed) => (/<([^<>]+)>\s*$/.exec(typed)?.[1] ?? typed).trim().toLowerCase());
const recipients = z.array(z.object({ emailAddress: address }));

// What each service sends, as its documentation says; what is no bounce for good and no complaint is none of these.
const postmark = z.object({ RecordType: z.enum(['Bounce', 'SpamComplaint']), Type: z.string().default(''), Email: address })
  .transform(({ RecordType, Type, Email }): MailEvent[] => (RecordType === 'SpamComplaint' ? [{ email: Email, reason: 'complained' }] : ['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'].includes(Type) ? [{ email: Email, reason: 'bounced' }] : []));
const sendgrid = z.object({ event: z.string(), email: address, type: z.string().default('bounce') })
  .transform(({ event, email, type }): MailEvent[] => {
    if (['spamreport', 'spam', 'complaint', 'complained'].includes(event)) return [{ email, reason: 'complained' }];
    return ['bounce', 'bounced', 'hard_bounce', 'invalid_email'].includes(event) && type !== 'blocked' ? [{ email, reason: 'bounced' }] : [];
  });
const mailgun = z.object({ 'event-data': z.object({ event: z.string(), severity: z.string().default(''), recipient: address }) })
  .transform(({ 'event-data': { event, severity, recipient: email } }): MailEvent[] => (event === 'complained' ? [{ email, reason: 'complained' }] : event === 'failed' && severity === 'permanent' ? [{ email, reason: 'bounced' }] : []));
const resend = z.object({ type: z.string(), data: z.object({ to: z.union([z.array(address), address.transform((one) => [one])]), bounce: z.object({ type: z.string().default('') }).optional() }) })
  .transform(({ type, data: { to, bounce } }): MailEvent[] => {
    if (type === 'email.complained') return to.map((email) => ({ email, reason: 'complained' }));
    return type === 'email.bounced' && bounce?.type !== 'Transient' ? to.map((email) => ({ email, reason: 'bounced' })) : [];
  });
const ses = z.object({
  notificationType: z.string().optional(), eventType: z.string().optional(),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: recipients }).optional(), complaint: z.object({ complainedRecipients: recipients }).optional(),
}).refine(({ bounce, complaint }) => bounce !== undefined || complaint !== undefined).transform(({ bounce, complaint }): MailEvent[] => [
  ...(bounce?.bounceType === 'Permanent' ? bounce.bouncedRecipients.map(({ emailAddress: email }) => ({ email, reason: 'bounced' as const })) : []),
  ...(complaint?.complainedRecipients ?? []).map(({ emailAddress: email }) => ({ email, reason: 'complained' as const })),
]);
const sns = z.object({ Type: z.literal('Notification'), Message: z.string() });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const one = z.union([postmark, mailgun, resend, ses, sendgrid]);

/**
 * What a mail service tells, by the forms of Postmark, SendGrid (and Brevo), Mailgun, Resend and Amazon SES (through SNS too):
 * one event, or several in an array. What is anything else, or will pass, is nothing. Null for what is no JSON.
 */
export function readMailEvents(body: string): MailEvent[] | null {
  const sent = parseJson(body);
  if (sent === null || typeof sent !== 'object') return null;
  const wrapped = sns.safeParse(sent);
  const inner: unknown = wrapped.success ? parseJson(wrapped.data.Message) : sent;
  return (Array.isArray(inner) ? inner : [inner]).flatMap((event) => one.catch([]).parse(event));
}
