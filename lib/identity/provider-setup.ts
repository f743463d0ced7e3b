import { spokenLanguage, t } from '../words/t';
import { PROVIDER_BUTTONS, type Provider } from './schema';

/** How an owner gets the keys of a provider, as its console is now (docs/logins.md says the same at length); its steps are words, in which `CALLBACK`, `SITE` and `DELETION` stand for addresses of this blog. */
export type ProviderSetup = {
  console: { name: string; href: string };
  /** What is asked for, in the provider's own words. */
  scopes: readonly string[];
};

export const PROVIDER_SETUP: Record<Provider, ProviderSetup> = {
  google: {
    console: { name: 'Google Auth Platform', href: 'https://console.cloud.google.com/auth/clients' },
    scopes: ['openid', 'email', 'profile'],
  },
  twitter: {
    console: { name: 'X developer console', href: 'https://console.x.com/' },
    scopes: ['users.read', 'tweet.read'],
  },
  facebook: {
    console: { name: 'Meta for Developers', href: 'https://developers.facebook.com/apps/' },
    scopes: ['public_profile', 'email'],
  },
};

/** The settings that a provider needs. */
export const keyNames = (provider: Provider): [string, string] => {
  const name = provider.toUpperCase();
  return [`AUTH_${name}_ID`, `AUTH_${name}_SECRET`];
};

/** Where Facebook sends those who ask what became of their data: the page on which a person deletes their account. */
export const DELETION_PATH = '/account/delete';

/**
 * What an owner has to be told when providers are set and the blog is not reached by https; null when all is well.
 * Providers send people back to one address that they were given, and except on a machine of one's own to https alone.
 */
export function warningOfLogins(offered: readonly Provider[], siteUrl: string | undefined): string | null {
  if (offered.length === 0 || siteUrl?.startsWith('https:')) return null;
  const names = new Intl.ListFormat(spokenLanguage()).format(offered.map((provider) => PROVIDER_BUTTONS[provider]));
  return t(siteUrl === undefined ? 'identity.logins.noSiteUrl' : 'identity.logins.noHttps', { names, count: offered.length });
}

const EXPLANATIONS = [
  [/fetch failed|timeout|aborted/i, 'unreachable'],
  [/error in the response body|invalid_client|invalid_grant|"response" is not a conform/i, 'keys'],
  [/signature|"alg"|JWT|claim|id_token/i, 'unsigned'],
  [/JSON|content-type|no id of the person/i, 'unreadable'],
  [/state|pkce|nonce|code_verifier/i, 'late'],
] as const;

/** What a noted failure of a provider means, in plain words; null when nothing more is known than what was noted. */
export function explainFailure(noted: string): string | null {
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(noted))?.[1];
  return known ? t(`identity.failures.${known}`) : null;
}
