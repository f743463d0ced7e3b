import { type Fault, listFaults } from '../faults';
import type { JobCount } from '../given-up-jobs';
import type { Provider } from '../identity/schema';
import type { JobName } from '../jobs';
import { type PageCacheState, pageCacheState } from '../page-cache-state';

/** How one process of the blog is. */
export type HealthView = {
  version: string;
  startedAt: Date;
  faults: Fault[];
  pages: PageCacheState | null;
};

/** What the blog's database says of it. */
export type HealthFacts = {
  /** `answerMs`: what asking takes by itself. */
  database: { version: string; bytes: number; answerMs: number; connections: number; connectionsMost: number };
  mail: { lastSentAt: Date | null; lastFailed: { at: Date; why: string } | null };
  /** Since when the comment waits that waits longest. */
  heldSince: Date | null;
  jobs: JobCount[];
  /** What was tried often and given up, by kind. */
  undone: { name: JobName; count: number }[];
  /** How each way to sign in did when it was last used. */
  logins: { provider: Provider; state: { lastWorkedAt: Date | null; lastFailedAt: Date | null; lastFailure: string } }[];
  media: { files: number; bytes: number };
};

/** Less room than this on the disk is told of as a fault. */
export const LOW_DISK_BYTES = 1024 ** 3;

/** How this process is, as far as it knows: other instances have their own faults and pages. */
export function readHealth(now: Date): HealthView {
  const startedAt = new Date(now.getTime() - process.uptime() * 1_000);
  return { version: process.env.SOAPBOX_VERSION ?? '', startedAt, faults: listFaults(), pages: pageCacheState() };
}
