import dns from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { log } from '../log';
import { fail, ok, type Failure, type Result } from '../result';
import { PICTURE_FETCH_MS, PICTURE_MAX_BYTES, PICTURE_REDIRECTS_MAX, PICTURE_SOURCE_MAX_CHARACTERS } from './schema';
import { smallPicture, type SmallPicture } from './small-picture';

const FORBIDDEN = fail('forbidden', 'A picture is fetched only from a public https address.');
const TOO_LARGE = fail('too-large', 'The picture is larger than this blog takes, which is five megabytes.');
const NO_PICTURE = fail('invalid', 'What lies at the address does not say that it is a picture.');
const UNAVAILABLE = fail('unavailable', 'The picture could not be fetched just now.');
const HEADERS = { accept: 'image/webp,image/*;q=0.8', 'accept-encoding': 'identity', 'user-agent': 'Soapbox' };
const NOT_THERE = fail('not-found', 'There is no picture at the address.');
const REDIRECTS = [301, 302, 303, 307, 308];
/** Besides 5xx: what may be answered otherwise a little later. */
const TRY_LATER = [408, 425, 429];

// Besides what the agent refuses (all that is not unicast, mapped and translated addresses included): every IPv6
// address outside of 2000::/3, and the public address at which a machine of Azure finds its host.
const ALSO_INSIDE = new BlockList();
for (const [net, prefix] of [['::', 3], ['4000::', 2], ['8000::', 1]] as const) ALSO_INSIDE.addSubnet(net, prefix, 'ipv6');
ALSO_INSIDE.addAddress('168.63.129.16', 'ipv4');

class Inside extends Error {}

const isAlsoInside = (address: string): boolean => {
  const family = isIP(address);
  return family === 0 || address.includes('%') || ALSO_INSIDE.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** Looks a name up as `resolve` does; fails when one of its addresses is of ALSO_INSIDE. */
const guarded = (resolve: LookupFunction): LookupFunction => (hostname, options, callback) =>
  resolve(hostname, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
    if (!error && addresses.some(isAlsoInside)) callback(new Inside(hostname), found, family);
    else callback(error, found, family);
  });

// Checks every address that a name has at the moment of connecting, and connects to no other. It keeps no connection.
const filtering = new RequestFilteringHttpsAgent();

type Asking = { signal: AbortSignal; trustedOrigin: string | null; resolve: LookupFunction };

/**
 * Fetches a stranger's picture and makes it small. Asks only public https addresses, checked at the moment of connecting
 * and anew for each of at most three redirects; `trustedOrigin` alone is asked as it is, by http too, and only first: no
 * redirect leads there from elsewhere. Reads at most five megabytes, in ten seconds.
 * `forbidden`: an address that is not asked; `not-found`; `too-large`; `invalid`: no picture; `unavailable`: later it may be there.
 */
export async function fetchPicture(source: string, trustedOrigin: string | null, resolve: LookupFunction = dns.lookup): Promise<Result<SmallPicture>> {
  if (source.length > PICTURE_SOURCE_MAX_CHARACTERS || !URL.canParse(source)) return FORBIDDEN;
  const fetched = await follow(new URL(source), { signal: AbortSignal.timeout(PICTURE_FETCH_MS), trustedOrigin, resolve }).catch(refusalOf);
  return fetched.ok ? smallPicture(fetched.value) : fetched;
}

// The agent's refusals are the only errors without a code: those of the system and of TLS have one.
function refusalOf(error: unknown): Failure {
  log.debug({ err: error }, 'A picture could not be fetched.');
  const isRefused = error instanceof Inside || (error instanceof Error && !('code' in error) && / is not allowed\. Because,? /.test(error.message));
  return isRefused ? FORBIDDEN : UNAVAILABLE;
}

async function follow(source: URL, asking: Asking): Promise<Result<Buffer>> {
  let url = source;
  let isTrusted = url.origin === asking.trustedOrigin;
  for (let redirects = 0; redirects <= PICTURE_REDIRECTS_MAX; redirects += 1) {
    if (!isTrusted && !mayBeAsked(url)) return FORBIDDEN;
    const response = await ask(url, isTrusted, asking);
    const { statusCode = 0, headers: { location } } = response;
    if (!REDIRECTS.includes(statusCode)) return read(response);
    response.destroy();
    if (location === undefined || !URL.canParse(location, url)) return NOT_THERE;
    url = new URL(location, url);
    if (url.protocol !== 'https:') return FORBIDDEN;
    isTrusted = isTrusted && url.origin === asking.trustedOrigin;
  }
  return NOT_THERE;
}

/** What can be said of an address before its name is looked up. Pictures lie under names, at the usual port. */
const mayBeAsked = ({ protocol, port, username, password, hostname }: URL): boolean =>
  protocol === 'https:' && port === '' && username === '' && password === '' && !hostname.startsWith('[') && isIP(hostname) === 0;

function ask(url: URL, isTrusted: boolean, { signal, resolve }: Asking): Promise<IncomingMessage> {
  const { get } = url.protocol === 'http:' ? http : https;
  const way = isTrusted ? { agent: false as const } : { agent: filtering, lookup: guarded(resolve) };
  return new Promise((answered, reject) => {
    get(url, { ...way, signal, headers: HEADERS }, answered).on('error', reject);
  });
}

async function read(response: IncomingMessage): Promise<Result<Buffer>> {
  const { statusCode = 0, headers } = response;
  const isLater = statusCode >= 500 || TRY_LATER.includes(statusCode);
  const refusal = isLater ? UNAVAILABLE
    : statusCode !== 200 ? NOT_THERE
    : !/^image\//i.test(headers['content-type'] ?? '') ? NO_PICTURE
    : Number(headers['content-length'] ?? 0) > PICTURE_MAX_BYTES ? TOO_LARGE : null;
  if (refusal) {
    response.destroy();
    return refusal;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > PICTURE_MAX_BYTES) return TOO_LARGE;
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks));
}
