import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { networkOf } from '../lib/network';

/** What the gate knows about the site: from the settings, fixed while the process runs. */
export type SiteAddress = { siteUrl: string | undefined; port: number; trustProxy: number };

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin a request is for, whatever its headers claim: SITE_URL's. While SITE_URL is unset or names this machine,
 * every name of this machine is the same site and the request keeps its own; unset, its port too.
 */
export function originOf(host: string | undefined, { siteUrl, port }: SiteAddress): string {
  const site = new URL(siteUrl ?? `http://localhost:${port}`);
  const asked = host && URL.canParse(`${site.protocol}//${host}`) ? new URL(`${site.protocol}//${host}`) : undefined;
  const isSameMachine = LOOPBACK_NAMES.has(site.hostname) && asked !== undefined && LOOPBACK_NAMES.has(asked.hostname);
  return isSameMachine && (siteUrl === undefined || asked.port === site.port) ? asked.origin : site.origin;
}

/** An address as proxies note it: some with a port, IPv6 in brackets, or with the name of an interface; IPv4 in IPv6 is IPv4. Null where it is none. */
function addressOf(noted: string): string | null {
  const [, bracketed, withPort] = /^"?(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})"?$/.exec(noted) ?? [];
  const ip = (bracketed ?? withPort ?? noted).replace(/%.*$/, '');
  if (isIP(ip) === 0) return null;
  const network = networkOf(ip);
  return isIP(network) === 4 ? network : ip.toLowerCase();
}

/**
 * The asker's address: the connection's, or with TRUST_PROXY=n the n-th from the right that proxies have noted. What
 * stands further left the asker may have made up. Where there are fewer, the first; where that is no address, the connection's.
 */
export function clientIpOf(request: IncomingMessage, trustProxy: number): string {
  return clientIpFrom(request.socket.remoteAddress ?? '', String(request.headers['x-forwarded-for'] ?? ''), trustProxy);
}

/** The same by the address of the connection and what proxies have noted. */
export function clientIpFrom(remoteAddress: string, forwardedFor: string, trustProxy: number): string {
  const connection = addressOf(remoteAddress) ?? '127.0.0.1';
  const noted = forwardedFor.split(',').map((address) => address.trim()).filter(Boolean);
  const chain = [...noted, connection];
  return addressOf(chain[Math.max(0, chain.length - 1 - trustProxy)] ?? '') ?? connection;
}

const REMOVED = /^(forwarded|x-real-ip|x-forwarded-.*|x-middleware-.*|x-invoke-.*|x-matched-path|x-nextjs-.*|x-now-.*|x-next-.*|next-resume|x-action-forwarded|x-prerender-.*|x-vercel-.*|x-rewrite-url|x-original-url)$/;
/** By these Next's developing browser finds what React tells it of an answer: without them it waits for ever. */
const DEVELOPING = /^x-nextjs-(html-)?request-id$/;
const ROUTER_ONLY = /^(rsc|next-router-.*|next-url|next-hmr-refresh|x-nextjs-postponed)$/;

/**
 * Replaces, in place, what a client must not tell Next: forwarding headers, Next's internal ones and, on a reader's
 * page, those by which its client router asks for something other than the document.
 */
export function cleanHeaders(headers: IncomingHttpHeaders, { origin, clientIp, isDesk, development }: { origin: string; clientIp: string; isDesk: boolean; development: boolean }): void {
  for (const name of Object.keys(headers)) {
    if (development && DEVELOPING.test(name)) continue;
    if (REMOVED.test(name) || (!isDesk && ROUTER_ONLY.test(name))) delete headers[name];
  }
  // Next would read a nonce from it; the server sets its own.
  delete headers['content-security-policy'];
  delete headers['content-security-policy-report-only'];
  // To whom names itself not at all Next streams the metadata, in parts that wait for a script.
  headers['user-agent'] ||= 'unnamed';
  const { host, protocol } = new URL(origin);
  headers.host = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  headers['x-forwarded-for'] = clientIp;
}
