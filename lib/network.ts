import { isIPv6 } from 'node:net';

const GROUPS = 8;

function groupsOf(ip: string): string[] {
  const [head = '', tail] = new URL(`http://[${ip.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const groups = (part = '') => part.split(':').filter(Boolean);
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...Array<string>(GROUPS - before.length - after.length).fill('0'), ...after];
}

/**
 * What counts as one place on the network, for a valid address: of IPv6 the 64 bits that one household or machine is
 * given, for it can send from a new address each time; else the address. One that is IPv4 in IPv6 is that of IPv4.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  if (groups.slice(0, 5).some((group) => group !== '0') || groups[5] !== 'ffff') return `${groups.slice(0, 4).join(':')}::/64`;
  return groups.slice(6).flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]).join('.');
}
