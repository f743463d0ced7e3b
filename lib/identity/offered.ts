import { env } from '../env';
import { PROVIDERS, type Provider } from './schema';

const settingsOf = { google: 'GOOGLE', twitter: 'TWITTER', facebook: 'FACEBOOK' } as const;

/** The keys of a provider and, where one is set, the server that stands in for it; null without keys: it is not offered. */
export function providerSettings(provider: Provider): { id: string; secret: string; issuer: string | undefined } | null {
  const { [`AUTH_${settingsOf[provider]}_ID` as const]: id, [`AUTH_${settingsOf[provider]}_SECRET` as const]: secret, [`AUTH_${settingsOf[provider]}_ISSUER` as const]: issuer } = env();
  return id && secret ? { id, secret, issuer } : null;
}

/** The providers that readers may sign in with, in the order of their buttons. */
export const offeredProviders = (): Provider[] => PROVIDERS.filter((provider) => providerSettings(provider) !== null);

/** Where a provider sends people back to: the address that its console has to be told, below the blog's own. */
export const callbackPath = (provider: Provider): string => `/api/auth/callback/${provider}`;

const ORIGINS: Record<Provider, string[]> = {
  google: ['https://accounts.google.com'],
  twitter: ['https://x.com', 'https://twitter.com'],
  facebook: ['https://www.facebook.com', 'https://m.facebook.com'],
};

/** The origins that a form of ours may lead to: the policy of the pages names them, for Chromium applies it to the redirect after a form too. */
export const providerOrigins = (): string[] =>
  offeredProviders().flatMap((provider) => {
    const issuer = providerSettings(provider)?.issuer;
    return issuer ? [new URL(issuer).origin] : ORIGINS[provider];
  });
