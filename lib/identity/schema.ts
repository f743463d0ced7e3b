import { t } from '../words/t';
import { z } from '../zod';
import type { Role, SignInWay, Standing } from '../db/generated/enums';

export type { Role, SignInWay, Standing };

/** The ways to sign in by somebody else's word: NextAuth's names, also in addresses and settings. */
export const PROVIDERS = ['google', 'twitter', 'facebook'] as const satisfies readonly SignInWay[];
export type Provider = (typeof PROVIDERS)[number];

/** As in `You are commenting using your Google account.` */
export const WAY_NAMES: Record<SignInWay, string> = { google: 'Google', twitter: 'Twitter', facebook: 'Facebook', email: 'email' };
/** As on the buttons that lead there. */
export const PROVIDER_BUTTONS: Record<Provider, string> = { google: 'Google', twitter: 'Twitter (X)', facebook: 'Facebook' };

export const NAME_MAX_CHARACTERS = 245;
export const EMAIL_MAX_CHARACTERS = 100;
export const SIGN_IN_LINK_MINUTES = 15;
export const SESSION_DAYS = 30;
/** So long after a sign-in its session may change how its person signs in; then they sign in once more. */
export const FRESH_SIGN_IN_MINUTES = 15;
/** However much it is used, a session ends so long after its sign-in: of whoever has a role beside reading, and of readers. */
export const SESSION_MAX_DAYS = { staff: 30, reader: 90 } as const;

/**
 * Who asks or acts. `writerHash` is the hash of the token in the `here` cookie, where there is one; `earlierHashes`: what it
 * was by earlier secrets, to find what was written then. `keys`: by the ids of posts, what this browser was given when it said their passwords; as sent, nobody has looked yet (lib/posts/keys.ts).
 */
export type Actor = Guest | Person;

export type PostKeys = Readonly<Record<string, string>>;

export type Guest = { kind: 'guest'; writerHash: string | null; earlierHashes?: readonly string[]; keys?: PostKeys };

export type Person = {
  kind: 'person';
  userId: string;
  /** `Someone` while they have none. */
  name: string;
  isNamed: boolean;
  email: string | null;
  role: Role;
  /** Of this moment: one that is over is none. */
  standing: Standing;
  standingUntil: Date | null;
  writerHash: string | null;
  earlierHashes?: readonly string[];
  keys?: PostKeys;
};

export const roleSchema = z.enum(['reader', 'author', 'moderator', 'owner']);

/** An address as we store it: trimmed and lower-case, so that one person is found under one spelling. */
export const emailSchema = z
  .string()
  .trim()
  // Before it is made lower-case: the sign of the Kelvin would become a `k`, and its address somebody else's.
  .regex(/^\p{ASCII}*$/u, { error: () => t('comments.fields.emailForm') })
  .toLowerCase()
  .max(EMAIL_MAX_CHARACTERS, { error: () => t('identity.signIn.addressTooLong', { max: String(EMAIL_MAX_CHARACTERS) }) })
  .pipe(z.email({ error: () => t('comments.fields.emailForm') }));

/** How a sign-in that was begun can end without one. */
export const SIGN_IN_FAILURES = ['cancelled', 'failed', 'same-email', 'other-person', 'away', 'expired'] as const;
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number];

/** What a sign-in that came to something may have to say: somebody new, though another login names their address. */
export const NOT_JOINED = 'not-joined';

export const SIGN_IN_CODE_DIGITS = 6;
/** After this many wrong codes the right one opens nothing either. */
export const SIGN_IN_CODE_TRIES = 5;
/** And this many for one address in a day, over all its links: a million codes are not guessed by patience either. */
export const SIGN_IN_CODE_TRIES_A_DAY = 10;
/** Links sent in an hour, to one address and for one address on the network. */
export const SIGN_IN_LINKS_PER_EMAIL = 5;
export const SIGN_IN_LINKS_PER_IP = 15;

/** What a provider says about the person in front of it. */
export type Stated = {
  id: string;
  name: string | null;
  /** Lower-case. */
  email: string | null;
  /** The provider says that the address is this person's. */
  isEmailProven: boolean;
  picture: string | null;
};

/** The sign-in page between two requests. */
export type SignInState = {
  message: string | null;
  email: string;
  /** Where a link went just now: its code is asked for. */
  sentTo: string | null;
};
