import type { Tx } from '../db/client';
import { siteOrigin } from '../site-origin';
import { sendJob } from '../jobs';
import { DECISION_MAIL_SECONDS } from './schema';

/**
 * Has the mails that a decision brings written in DECISION_MAIL_SECONDS, if it still stands then: an undo stops them. A
 * step of the deciding command, inside its transaction. Once for an event, however often it is called.
 */
export async function causeMail(tx: Tx, eventId: string, now: Date): Promise<void> {
  // A job runs outside of any request: the address of the blog goes with it.
  const origin = siteOrigin();
  await sendJob(tx, 'decision-mail', { event: eventId, origin }, { startAfter: new Date(now.getTime() + DECISION_MAIL_SECONDS * 1000), singletonKey: eventId });
}
