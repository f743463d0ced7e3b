import { PROVIDER_BUTTONS, type Provider } from './schema';

/** How an owner gets the keys of a provider, as its console is now (docs/logins.md says the same at length). */
export type ProviderSetup = {
  console: { name: string; href: string };
  /** `CALLBACK`, `SITE` and `DELETION` stand for addresses of this blog. */
  steps: readonly [string, string, string];
  /** What is asked for, in the provider's own words. */
  scopes: readonly string[];
  /** What the blog learns of a person. */
  tells: string;
};

export const PROVIDER_SETUP: Record<Provider, ProviderSetup> = {
  google: {
    console: { name: 'Google Auth Platform', href: 'https://console.cloud.google.com/auth/clients' },
    steps: [
      'Make a project, press “Get started” and give the name of your blog. Choose the audience “External”, then “Publish app”.',
      'Under “Clients” choose “Create client”, then “Web application”. As authorized redirect URI enter CALLBACK',
      'Copy the client ID and the client secret, which is shown only once, into the two settings, and start the blog again.',
    ],
    scopes: ['openid', 'email', 'profile'],
    tells: 'name, picture, e-mail address and whether it is verified',
  },
  twitter: {
    console: { name: 'X developer console', href: 'https://console.x.com/' },
    steps: [
      'Make an app. X wants to be paid in advance for what is asked of it; each sign-in asks for one profile.',
      'In the app, set up “User authentication settings”: permission “Read”, type “Web App”, website SITE and callback CALLBACK',
      'Copy the OAuth 2.0 client ID and client secret (not the API key) into the two settings, and start the blog again.',
    ],
    scopes: ['users.read', 'tweet.read'],
    tells: 'name and picture, no e-mail address',
  },
  facebook: {
    console: { name: 'Meta for Developers', href: 'https://developers.facebook.com/apps/' },
    steps: [
      'Make an app with the use case “Authenticate and request data from users with Facebook Login”, and add the permission “email”.',
      'In the settings of Facebook Login enter CALLBACK as valid OAuth redirect URI; under “App settings”, “Basic” enter SITE/privacy as privacy policy and DELETION for data deletion.',
      'Copy the app ID and the app secret from “Basic” into the two settings, start the blog again, and publish the app.',
    ],
    scopes: ['public_profile', 'email'],
    tells: 'name, picture and an e-mail address, but not whether it is verified',
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
  const names = new Intl.ListFormat('en').format(offered.map((provider) => PROVIDER_BUTTONS[provider]));
  const what = siteUrl === undefined ? 'SITE_URL is not set' : 'SITE_URL does not begin with https';
  return `${names} ${offered.length === 1 ? 'is set as a way' : 'are set as ways'} to sign in, but ${what}: a provider sends readers back to an https address only. docs/logins.md says what to do.`;
}

const EXPLANATIONS: readonly [RegExp, string][] = [
  [/fetch failed|timeout|aborted/i, 'It could not be reached from here.'],
  [/error in the response body|invalid_client|invalid_grant|"response" is not a conform/i, 'It did not take our keys, or what it had given the reader: check the two settings.'],
  [/signature|"alg"|JWT|claim|id_token/i, 'What it said of the reader was not signed as it should be, so it was not believed.'],
  [/JSON|content-type|no id of the person/i, 'Its answer could not be understood; most often it is out of order then.'],
  [/state|pkce|nonce|code_verifier/i, 'The reader came back too late, or with a sign-in that was not begun here.'],
];

/** What a noted failure of a provider means, in plain words; null when nothing more is known than what was noted. */
export const explainFailure = (noted: string): string | null => EXPLANATIONS.find(([pattern]) => pattern.test(noted))?.[1] ?? null;
