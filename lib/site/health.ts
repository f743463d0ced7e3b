import { type Fault, listFaults } from '../faults';
import { type PageCacheState, pageCacheState } from '../page-cache-state';

/** How one process of the blog is. */
export type HealthView = {
  version: string;
  startedAt: Date;
  faults: Fault[];
  pages: PageCacheState | null;
};

/** How this process is, as far as it knows: other instances have their own faults and pages. */
export function readHealth(now: Date): HealthView {
  const startedAt = new Date(now.getTime() - process.uptime() * 1_000);
  return { version: process.env.SOAPBOX_VERSION ?? '', startedAt, faults: listFaults(), pages: pageCacheState() };
}
