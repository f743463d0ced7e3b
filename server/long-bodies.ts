import type { IncomingMessage } from 'node:http';
import { hasPosts, isOwner } from '../lib/identity/rules';
import type { Actor } from '../lib/identity/schema';
import { log } from '../lib/log';
import { LONG_BODY_LIMIT_BYTES } from './form-body';
import { personOf } from './session-person';

type Sender = { path: RegExp; may: (actor: Actor) => boolean };

/** Who may send more than everybody, and where: an owner long lists of words, a writer long texts. */
const SENDERS: Sender[] = [
  { path: /^\/admin\/rules$/, may: isOwner },
  { path: /^\/admin\/posts(\/|$)/, may: hasPosts },
];

/** How much whoever asks may send to a path, beyond what everybody may; 0: no more. While the database is away nobody may. */
export async function longBodyLimit(request: IncomingMessage, path: string): Promise<number> {
  const sender = SENDERS.find((one) => one.path.test(path));
  if (!sender) return 0;
  try {
    const person = await personOf(request);
    return person && sender.may(person) ? LONG_BODY_LIMIT_BYTES : 0;
  } catch (error) {
    log.error({ err: error }, 'Who sends a long text could not be read.');
    return 0;
  }
}
