import { BlockList, isIP } from 'node:net';

/** What a line of the lists of trusted and refused writers names. */
export type Entry = { kind: 'email' | 'domain' | 'network'; value: string };

const hostOf = (typed: string): string | null => {
  const address = `http://${typed}`;
  const host = URL.canParse(address) ? new URL(address).hostname : '';
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
  const networks = read.filter(({ kind }) => kind === 'network').map(({ value }) => ({ value, list: blockListOf(value) }));
  const ofHost = (host: string) => {
    const labels = (hostOf(host) ?? '').split('.');
    return labels.map((_, at) => labels.slice(at).join('.')).find((domain) => domains.has(domain)) ?? null;
  };
  return {
    ofHost,
    ofEmail: (email) => {
      const address = email.trim().toLowerCase();
      return emails.has(address) ? address : ofHost(address.split('@')[1] ?? '');
    },
    ofIp: (ip) => {
      const version = isIP(ip);
      return version === 0 ? null : (networks.find(({ list }) => list.check(ip, version === 6 ? 'ipv6' : 'ipv4'))?.value ?? null);
    },
  };
}

function blockListOf(network: string): BlockList {
  const list = new BlockList();
  const [ip = '', bits] = network.split('/');
  const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(ip, family);
  else list.addSubnet(ip, Number(bits), family);
  return list;
}
