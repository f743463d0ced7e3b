import { log } from '../log';
import type { FailureCode } from '../result';
import type { SignInFailure, SignInWay } from './schema';

/** By what somebody comes in, as the log calls it. */
type Way = Exclude<SignInWay, 'email'> | 'link' | 'code' | 'invitation';

/**
 * Writes into the log that somebody has signed in, or why not: by which way, and nothing of whom. The request that it belongs
 * to is found by its id; who it was, in the sessions.
 */
export function logSignIn(way: Way, refused: FailureCode | SignInFailure | null = null): void {
  if (refused === null) log.info({ way }, 'Somebody signed in.');
  else log.info({ way, refused }, 'A sign-in was refused.');
}
