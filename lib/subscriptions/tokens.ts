import { isKeyed, keyed, keyedByAny } from '../keyed';

const EVENTS_DIGITS = 40;

/** What is kept of an address that is to be known again when its letters are gone: by the present secret, and then by those before it. 64 hex digits each. */
export const emailMarks = (email: string): [string, ...string[]] => keyedByAny('subscriber-email', email.toLowerCase()) as [string, ...string[]];

/** The same by which it is kept from now on. */
export const emailMark = (email: string): string => emailMarks(email)[0];

/** The secret at the end of the address at which a mail service tells what came of mails. It is the same as long as AUTH_SECRET is. */
export const mailEventsToken = (): string => keyed('mail-events', '').slice(0, EVENTS_DIGITS);

/** Whether it is that, or was by a secret that is taken still. */
export const isMailEventsToken = (sent: string): boolean => isKeyed(sent, 'mail-events', '', EVENTS_DIGITS);
