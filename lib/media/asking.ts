import type { LookupFunction } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { MediaFailure } from '../db/generated/enums';
import { fail, type FailureCode, type Result } from '../result';
import type { Wanted } from '../text/own-media';
import { t } from '../words/t';
import { fetchFile } from './fetch-file';
import type { Ask, Hosts } from './hosts';
import { keepAndNote } from './keeping';
import { nameOfAddress } from './rules';
import { COPY_TRIES } from './schema';
import { sourceAddress } from './source-address';
import type { KnownAsset, Sql } from './sources';
import type { KeptFile } from './store';

/** `path`: a folder or archive of the old blog’s files, looked into before its addresses are asked. `skip`: nothing is copied. */
export type MediaFrom = { path?: string; skip?: boolean; trustedOrigin?: string | null; resolve?: LookupFunction };
export type Outcome = { asset: KnownAsset } | { failure: MediaFailure };

const FAILURES: Partial<Record<FailureCode, MediaFailure>> = { forbidden: 'forbidden', 'not-found': 'notFound', invalid: 'invalid', 'too-large': 'tooLarge' };
const gone = () => fail('unavailable', t('media.fetching.hostGone'));
const REMEMBERED_MAX = 10_000;

/** The key of an address, as a list of one or none. */
export const keyOf = (address: string): string[] => [sourceAddress(address)].filter((key) => key !== null);

/** Asks the network for files, each address once: who asks again, or at the same time, has the same answer. What comes is kept and written down. */
export class Asking {
  private readonly outcomes = new LRUCache<string, Promise<Outcome>>({ max: REMEMBERED_MAX });

  constructor(private readonly sql: Sql, private readonly from: MediaFrom, private readonly hosts: Hosts, private readonly signal: AbortSignal) {}

  /** The file that lies at exactly this address, as this kind of thing, in COPY_TRIES tries. @throws CopyingEnded, and the signal’s reason */
  ask(address: string, kind: Wanted['kind'], alt: string): Promise<Outcome> {
    const name = `${kind} ${address}`;
    const asked = this.outcomes.get(name) ?? this.fetch(address, kind, alt);
    this.outcomes.set(name, asked);
    return asked;
  }

  private async fetch(address: string, kind: Wanted['kind'], alt: string): Promise<Outcome> {
    const { host } = new URL(address);
    const keep = () => this.hosts.hold(host, (ask) => this.fetchFrom(host, address, kind, ask), this.signal);
    const noted = await keepAndNote(this.sql, keep, { alt, name: nameOfAddress(address) }, keyOf(address));
    return noted.ok ? { asset: noted.value } : { failure: FAILURES[noted.code] ?? 'unavailable' };
  }

  private async fetchFrom(host: string, address: string, kind: Wanted['kind'], ask: Ask): Promise<Result<KeptFile>> {
    const { trustedOrigin = null, resolve } = this.from;
    const asking = { trustedOrigin, ...(resolve && { resolve }), signal: this.signal };
    for (let attempt = 1; ; attempt += 1) {
      if (this.hosts.isGone(host)) return gone();
      const kept = await ask(() => fetchFile(address, kind, asking));
      this.signal.throwIfAborted();
      const isLater = !kept.ok && kept.code === 'unavailable';
      if (isLater) this.hosts.letRest(host, kept.retryAfterSeconds ?? 4 ** (attempt - 1));
      if (isLater && attempt < COPY_TRIES) continue;
      this.hosts.note(host, !isLater);
      return kept;
    }
  }
}
