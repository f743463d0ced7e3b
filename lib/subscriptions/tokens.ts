import { keyed } from '../keyed';

/** What is kept of an address that is to be known again when its letters are gone. 64 hex digits. */
export const emailMark = (email: string): string => keyed('subscriber-email', email.toLowerCase());

/** The secret at the end of the address at which a mail service tells what came of mails. It is the same as long as AUTH_SECRET is. */
export const mailEventsToken = (): string => keyed('mail-events', '').slice(0, 40);
