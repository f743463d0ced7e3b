import { z } from '../zod';

/** As the columns of table "Mail" have room. */
export const ADDRESS_MAX_CHARACTERS = 254;
export const SUBJECT_MAX_CHARACTERS = 300;
export const FAILURE_MAX_CHARACTERS = 500;

/** Where a mail is on its way. `kept`: no mail server was there to take it. `expired`: too old to be of use, and not sent. */
export const MAIL_STATES = ['kept', 'waiting', 'sent', 'failed', 'expired'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** An address that a mail may go to: one, and nothing else. */
export const recipientSchema = z.email().max(ADDRESS_MAX_CHARACTERS);

/** What the head of a mail says that somebody has asked for: of which list it is, where it is left at one press, and to which mails, by their ids, it belongs. */
export const mailHeadersSchema = z.object({
  list: z.object({ id: z.string(), name: z.string(), leave: z.url() }).optional(),
  inReplyTo: z.uuid().optional(),
  references: z.array(z.uuid()).default([]),
});
export type MailHeaders = z.input<typeof mailHeadersSchema>;

/** The last mail of the page before, as it stands in an address. What is none begins anew. */
export const outboxCursorSchema = z.uuid().nullable().default(null).catch(null);

/** For so many days a mail that could not be sent is told of at the top of the Outbox. */
export const FAILURES_SHOWN_DAYS = 30;

/** What one of the Outbox's buttons asks for: a mail, or a job of another kind. */
export const againSchema = z.union([z.object({ mail: z.uuid() }), z.object({ job: z.uuid() })]);

/** What came of the last press of a button of the Outbox. */
export type AgainState = { done: string | null; message: string | null };
export const NOTHING_AGAIN: AgainState = { done: null, message: null };
