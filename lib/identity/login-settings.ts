import { db } from '../db/client';
import { env } from '../env';
import { callbackPath, offeredProviders, providerSettings } from './offered';
import { DELETION_PATH, keyNames, warningOfLogins } from './provider-setup';
import { PROVIDERS, type Provider } from './schema';

/** How a provider did when it was last used. */
export type ProviderStateView = { lastWorkedAt: Date | null; lastFailedAt: Date | null; lastFailure: string };

export type LoginWayView = {
  provider: Provider;
  isOffered: boolean;
  /** The exact address that its console has to be told. */
  callback: string;
  /** The settings that are not set, by name. */
  missing: string[];
  /** The server that stands in for it. */
  standIn: string | null;
  state: ProviderStateView;
};

/** The ways to sign in, as their owner sees them. No key and no password is in it. */
export type LoginSettingsView = {
  /** The blog's own address. */
  site: string;
  warning: string | null;
  providers: LoginWayView[];
  deletionAddress: string;
  /** Who mails come from; `isSent`: whether they leave this machine. */
  mail: { from: string; isSent: boolean };
};

const NEVER_USED: ProviderStateView = { lastWorkedAt: null, lastFailedAt: null, lastFailure: '' };

/** How each provider did when it was last used; none that never was. */
export async function listProviderStates(): Promise<Map<Provider, ProviderStateView>> {
  const rows = await db().providerState.findMany({ select: { way: true, lastWorkedAt: true, lastFailedAt: true, lastFailure: true } });
  return new Map(rows.flatMap(({ way, ...state }) => (way === 'email' ? [] : [[way, state]])));
}

/** The ways to sign in with their addresses, below `site`: where readers find the blog, without a last slash. For its owner. */
export async function readLoginSettings(site: string): Promise<LoginSettingsView> {
  const { SITE_URL, MAIL_FROM, OWNER_EMAIL, SMTP_URL } = env();
  const states = await listProviderStates();
  return {
    site,
    warning: warningOfLogins(offeredProviders(), SITE_URL),
    providers: PROVIDERS.map((provider) => {
      const settings = providerSettings(provider);
      return {
        provider,
        isOffered: settings !== null,
        callback: site + callbackPath(provider),
        missing: settings ? [] : keyNames(provider),
        standIn: settings?.issuer ?? null,
        state: states.get(provider) ?? NEVER_USED,
      };
    }),
    deletionAddress: site + DELETION_PATH,
    mail: { from: MAIL_FROM ?? OWNER_EMAIL, isSent: SMTP_URL !== undefined },
  };
}
