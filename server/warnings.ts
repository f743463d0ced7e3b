import ipaddr from 'ipaddr.js';
import { DEFAULT_OWNER, type Env } from '../lib/env';
import { offeredProviders } from '../lib/identity/offered';
import { warningOfLogins } from '../lib/identity/provider-setup';
import { t } from '../lib/words/t';

/** Names that lead nowhere outside of one's own network (RFC 6761, 6762, 8375; `internal` by ICANN in 2024), or anywhere at all. */
const OWN_NAMES = /\.(?:localhost|local|internal|lan|home\.arpa|test|example|invalid)$/;

/** Whether an address is one that anybody may come to: a name of the public domain name system, or an address that is no private one. */
export function isPublic(siteUrl: string): boolean {
  const host = new URL(siteUrl).hostname.replace(/^\[|\]$|\.$/g, '');
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === 'unicast';
  return host.includes('.') && !OWN_NAMES.test(host);
}

/** What whoever starts the blog has to be told of its settings, a sentence each, in the site's language. */
export function warningsOf({ SITE_URL, OWNER_EMAIL }: Pick<Env, 'SITE_URL' | 'OWNER_EMAIL'>): string[] {
  const isReached = SITE_URL !== undefined && isPublic(SITE_URL);
  return [
    warningOfLogins(offeredProviders(), SITE_URL),
    isReached && SITE_URL.startsWith('http:') ? t('server.warnings.noHttps') : null,
    isReached && OWNER_EMAIL === DEFAULT_OWNER ? t('server.warnings.noOwner', { email: DEFAULT_OWNER }) : null,
  ].filter((warning) => warning !== null);
}
