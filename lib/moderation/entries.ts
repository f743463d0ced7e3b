import { BlockList, isIP } from 'node:net';

/** What a line of the lists of trusted and refused writers names. */
export type Entry = { kind: 'email' | 'domain' | 'network'; value: string };

/** A host as addresses are compared: in lower case, of letters beyond ASCII as the network writes them. */
const plainHost = (host: string): string => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host.toLowerCase()).replace(/\.$/, '');

const hostOf = (typed: string): string | null => {
  // Part of a site is no domain: to refuse `blogs.example/ann` must not refuse every blog there.
  const host = /[/\\?#:]/.test(typed) ? '' : plainHost(typed);
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !isIP(host) ? host : null;
};

function networkOf(typed: string): string | null {
  const [ip = '', bits] = typed.split('/');
  const version = isIP(ip);
  if (version === 0 || typed.split('/').length > 2) return null;
  if (bits === undefined) return ip;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128) ? `${ip}/${Number(bits)}` : null;
}

/**
 * Reads a line: an e-mail address, a domain (`@` or `*.` before it may stand), a network address or a range such as
 * `192.0.2.0/24`. Null where it is none of these.
 */
export function entryOf(line: string): Entry | null {
  const typed = line.trim().toLowerCase();
  const network = networkOf(typed);
  if (network) return { kind: 'network', value: network };
  const mail = /^([^\s@]+)@([^\s@]+)$/.exec(typed);
  if (mail) {
    const host = hostOf(mail[2]!);
    return host === null ? null : { kind: 'email', value: `${mail[1]}@${host}` };
  }
  const domain = hostOf(typed.replace(/^(@|\*\.)/, ''));
  return domain === null ? null : { kind: 'domain', value: domain };
}

/** A list of such lines, made ready to be asked. Each gives the entry that matches, or null. */
export type Entries = {
  ofEmail: (email: string) => string | null;
  /** Of a host: its own domain, or one above it. */
  ofHost: (host: string) => string | null;
  ofIp: (ip: string) => string | null;
};

/** Makes a list ready; lines that are no entry are left out. */
export function entriesOf(lines: readonly string[]): Entries {
  const read = lines.map(entryOf).filter((entry) => entry !== null);
  const emails = new Set(read.filter(({ kind }) => kind === 'email').map(({ value }) => value));
  const domains = new Set(read.filter(({ kind }) => kind === 'domain').map(({ value }) => value));
  const written = read.filter(({ kind }) => kind === 'network').map(({ value }) => value);
  const singles = new Map(written.filter((value) => !value.includes('/')).map((value) => [plainIp(value), value]));
  const ranges = written.filter((value) => value.includes('/')).map((value) => ({ value, list: blockListOf([value]) }));
  // Each is asked only where one of them says yes: to ask one costs a few microseconds, however small it is.
  const anyRange = blockListOf(ranges.map(({ value }) => value));
  const ofHost = (host: string) => {
    // Not hostOf: a name in a link may have letters that no registered domain has, or a last dot, and lead there all the same.
    const labels = plainHost(host).split('.');
    return labels.map((_, at) => labels.slice(at).join('.')).find((domain) => domains.has(domain)) ?? null;
  };
  return {
    ofHost,
    ofEmail: (email) => {
      const address = email.trim().toLowerCase();
      return emails.has(address) ? address : ofHost(address.split('@')[1] ?? '');
    },
    ofIp: (ip) => {
      if (isIP(ip) === 0) return null;
      const isIn = (list: BlockList): boolean => list.check(ip, familyOf(ip));
      return singles.get(plainIp(ip)) ?? (isIn(anyRange) ? (ranges.find(({ list }) => isIn(list))?.value ?? null) : null);
    },
  };
}

const familyOf = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** The same address always written the same; IPv4 in IPv6 as IPv4. */
function plainIp(ip: string): string {
  const [, inside] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(ip) ?? [];
  if (inside !== undefined) return inside;
  const address = `http://[${ip.replace(/%.*$/, '')}]`;
  return isIP(ip) === 6 && URL.canParse(address) ? new URL(address).hostname : ip;
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [ip = '', bits] = range.split('/');
    list.addSubnet(ip, Number(bits), familyOf(ip));
  }
  return list;
}
