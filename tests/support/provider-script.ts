import type { Provider } from '../../lib/identity/schema';

/** Who is at the browser, as the provider knows them. */
export type ProviderPerson = {
  /** The provider's own number of the person. */
  sub: string;
  name: string;
  email?: string;
  emailVerified?: boolean;
  /** `picture.png` of the provider itself unless given; null for somebody without one. */
  picture?: string | null;
};

/** What a provider, or somebody between it and the blog, does wrong until it is told otherwise. */
export type Fault =
  // on the way back to the blog
  | 'error' | 'wrong-state' | 'no-state' | 'no-code' | 'unknown-code' | 'replayed-code'
  // of the token endpoint
  | 'token-down' | 'token-refuses' | 'token-garbled' | 'token-hangs-up' | 'token-moved'
  // of the id_token
  | 'wrong-signature' | 'signed-by-public-key' | 'unsigned' | 'expired' | 'wrong-issuer' | 'wrong-audience' | 'wrong-nonce' | 'no-nonce' | 'no-id-token'
  // of the address that tells who it is
  | 'userinfo-down' | 'userinfo-garbled' | 'userinfo-moved' | 'nameless';

export type Controls = {
  /** Who may continue; the consent page has a link for each. */
  people: ProviderPerson[];
  fault: Fault | null;
  /** Whether its pages cut the window that opened them: `Cross-Origin-Opener-Policy: same-origin`. */
  cutsOpener: boolean;
  /** What does not answer until it is released. */
  held: 'authorize' | 'token' | null;
  /** How long the token endpoint takes. */
  tokenDelayMs: number;
};

export type Received = {
  /** The parameters of each request to /authorize. */
  authorize: Record<string, string>[];
  token: TokenRequest[];
  /** How often it was asked who somebody is. */
  userinfo: number;
  /** Milliseconds spent on what the blog's server asked, answer included. */
  spentMs: number;
};

export type TokenRequest = {
  code: string;
  redirectUri: string;
  /** Whether a verifier came with the code; the answer is 400 unless it fits the challenge. */
  hasVerifier: boolean;
  clientAuthentication: 'basic' | 'post' | 'none';
  status: number;
};

/** The one person of each provider whom a test has not said anything about. */
export const SOMEBODY: Record<Provider, ProviderPerson> = {
  google: { sub: 'google-100', name: 'Ada Marsh', email: 'ada.marsh@example.net', emailVerified: true },
  twitter: { sub: 'twitter-200', name: 'Tove Birch' },
  facebook: { sub: 'facebook-300', name: 'Femi Oak', email: 'femi.oak@example.net' },
};
