import { BlockList, isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

// Besides what the agents refuse (all that is not unicast, mapped and translated addresses included): every IPv6
// address outside of 2000::/3, and the public address at which a machine of Azure finds its host.
// A list for each family: an IPv4 address is, for a BlockList, also the one of ::/3 into which it is mapped.
const ALSO_INSIDE = { 4: new BlockList(), 6: new BlockList() };
for (const [net, prefix] of [['::', 3], ['4000::', 2], ['8000::', 1]] as const) ALSO_INSIDE[6].addSubnet(net, prefix, 'ipv6');
ALSO_INSIDE[4].addAddress('168.63.129.16', 'ipv4');

/** Whether an address is inside some network though it looks public to the agents that filter requests; what is no address is. */
export const isAlsoInside = (address: string): boolean => {
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return true;
  return family === 6 ? ALSO_INSIDE[6].check(address, 'ipv6') : ALSO_INSIDE[4].check(address, 'ipv4');
};

/** The agents' own rule, for what is not connected to. */
const isInside = (address: string): boolean => isAlsoInside(address) || ipaddr.parse(address).range() !== 'unicast';

/** Whether one of the addresses that a name has now is not public. A name without any leads nowhere, and so not inside. */
export function leadsInside(hostname: string, resolve: LookupFunction): Promise<boolean> {
  return new Promise((answer) => {
    resolve(hostname, { all: true }, (error, found) => {
      answer(!error && (Array.isArray(found) ? found.map(({ address }) => address) : [found]).some(isInside));
    });
  });
}
