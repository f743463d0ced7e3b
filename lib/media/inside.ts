import { BlockList, isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

// Besides what the agents refuse (all that is not unicast, mapped and translated addresses included): every IPv6
// address outside of 2000::/3, and the public address at which a machine of Azure finds its host.
const ALSO_INSIDE = new BlockList();
for (const [net, prefix] of [['::', 3], ['4000::', 2], ['8000::', 1]] as const) ALSO_INSIDE.addSubnet(net, prefix, 'ipv6');
ALSO_INSIDE.addAddress('168.63.129.16', 'ipv4');

/** Whether an address is inside some network though it looks public to the agents that filter requests; what is no address is. */
export const isAlsoInside = (address: string): boolean => {
  const family = isIP(address);
  return family === 0 || address.includes('%') || ALSO_INSIDE.check(address, family === 6 ? 'ipv6' : 'ipv4');
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
