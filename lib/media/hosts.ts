import pLimit, { type LimitFunction } from 'p-limit';
import { COPIES_AT_ONCE, COPIES_PER_HOST, HOST_FAILURES_MAX, PATIENCE_MAX_SECONDS } from './schema';

/** Time, so that a test need not wait. `sleep` ends early, with an error, when the signal is aborted. */
export type Clock = { now: () => number; sleep: (ms: number, signal?: AbortSignal) => Promise<void> };

type Host = { limit: LimitFunction; asking: number; restUntil: number; failures: number };

/** Asks the network once. */
export type Ask = <T>(asked: () => Promise<T>) => Promise<T>;

const HOSTS_MAX = 1_000;

/** Asks other people's servers politely: COPIES_AT_ONCE in all, COPIES_PER_HOST of one, none that asked for patience or gave nothing for long. */
export class Hosts {
  private readonly hosts = new Map<string, Host>();
  private readonly all = pLimit(COPIES_AT_ONCE);

  constructor(private readonly clock: Clock) {}

  /** Gives one of this host’s places to `work`, which asks by what it is given: at its turn among all, after the host's rest. */
  async hold<T>(name: string, work: (ask: Ask) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const host = this.host(name);
    host.asking += 1;
    try {
      return await host.limit(() => work(async (asked) => {
        await this.rest(host, signal);
        signal?.throwIfAborted();
        return this.all(asked);
      }));
    } finally {
      host.asking -= 1;
    }
  }

  /** Nothing more is asked of a host for so many seconds. */
  letRest(name: string, seconds: number): void {
    const host = this.host(name);
    host.restUntil = Math.max(host.restUntil, this.clock.now() + Math.min(seconds, PATIENCE_MAX_SECONDS) * 1_000);
  }

  /** A file came from a host, or after all tries did not. */
  note(name: string, came: boolean): void {
    const host = this.host(name);
    host.failures = came ? 0 : host.failures + 1;
  }

  /** Whether a host has given nothing for so long that it is asked no more. */
  isGone(name: string): boolean {
    return (this.hosts.get(name)?.failures ?? 0) >= HOST_FAILURES_MAX;
  }

  private async rest({ restUntil }: Host, signal?: AbortSignal): Promise<void> {
    const left = restUntil - this.clock.now();
    if (left > 0) await this.clock.sleep(left, signal);
  }

  private host(name: string): Host {
    let host = this.hosts.get(name);
    if (host) return host;
    // A file may name any number of hosts.
    if (this.hosts.size >= HOSTS_MAX) for (const [other, { asking, failures }] of this.hosts) if (asking === 0 && failures < HOST_FAILURES_MAX) this.hosts.delete(other);
    host = { limit: pLimit(COPIES_PER_HOST), asking: 0, restUntil: 0, failures: 0 };
    this.hosts.set(name, host);
    return host;
  }
}
