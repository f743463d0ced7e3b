import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { MediaFailure } from '../db/generated/enums';
import type { Wanted } from '../text/own-media';
import { openArchive, type Archive } from './archive';
import { Asking, keyOf, type MediaFrom, type Outcome } from './asking';
import { CopyingEnded, keepWanted } from './fetch-file';
import { Hosts, type Clock } from './hosts';
import { noteKept } from './keeping';
import { nameOfAddress } from './rules';
import { candidates, fits, sourceAddress } from './source-address';
import { findSources, keysOf, knownAs, noteFailure, noteSame, type KnownAsset, type KnownSource, type Sql } from './sources';
import { isKept, sweepUnfinished } from './store';

export { CopyingEnded, type MediaFrom };

/** Of what was wanted, how much came in, was here, and could not be had. */
export type CopyCounts = { cameIn: number; alreadyHere: number; failed: number };
export type CopyProgress = { total: number; signal?: AbortSignal; onProgress: (done: number, total: number) => void; onFailure?: (address: string, failure: MediaFailure) => void };

type Known = ReadonlyMap<string, KnownSource>;
/** A file of the archive that may be what is wanted. */
type Waiting = { one: Wanted; address: string; candidate: string };

const CLOCK: Clock = { now: () => Date.now(), sleep: (ms, signal) => pause(ms, undefined, { signal }) };
// More than may ask at once: those whose host is busy leave the others their turn.
const WORKERS = 24;

/**
 * Copies what posts would show: from a folder or archive, else from where it lies, each file once, committed one by one.
 * What is kept already is not asked again, what failed before is: a killed import goes on where it was. Polite: see Hosts;
 * three tries of what is unavailable.
 * @throws CopyingEnded where it cannot go on (with the sentence for it), and the signal's reason once that is aborted
 */
export async function copyMedia(sql: Sql, wanted: AsyncIterable<Wanted> | Iterable<Wanted>, from: MediaFrom, more: CopyProgress, clock: Clock = CLOCK): Promise<CopyCounts> {
  const ending = new AbortController();
  const abort = () => ending.abort(more.signal?.reason);
  if (more.signal?.aborted) abort();
  more.signal?.addEventListener('abort', abort);
  try {
    if (from.skip) return new Copying(sql, from, null, more, clock, ending).counts;
    ending.signal.throwIfAborted();
    await sweepUnfinished(new Date(clock.now()));
    const archive = from.path === undefined ? null : await openArchive(from.path, ending.signal);
    if (archive && !archive.ok) throw new CopyingEnded(archive);
    return await new Copying(sql, from, archive?.value ?? null, more, clock, ending).copy(wanted);
  } catch (error) {
    more.signal?.throwIfAborted();
    throw error;
  } finally {
    more.signal?.removeEventListener('abort', abort);
  }
}

class Copying {
  readonly counts: CopyCounts = { cameIn: 0, alreadyHere: 0, failed: 0 };
  private readonly asking: Asking;
  /** By the paths of the archive that are still to be read, and those that were. */
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly seen = new Set<string>();
  private readonly readTwice = new Set<string>();
  private readonly sql: Sql;
  private readonly signal: AbortSignal;
  private done = 0;

  constructor({ run, together }: Sql, from: MediaFrom, private readonly archive: Archive | null, private readonly more: CopyProgress, clock: Clock, private readonly ending: AbortController) {
    // One connection answers one question at a time.
    const inTurn = pLimit(1);
    this.sql = { run: (sql, values) => inTurn(() => run(sql, values)), together: (work) => inTurn(() => together(work)) };
    this.signal = ending.signal;
    this.asking = new Asking(this.sql, from, new Hosts(clock), this.signal);
  }

  async copy(wanted: AsyncIterable<Wanted> | Iterable<Wanted>): Promise<CopyCounts> {
    await this.each(wanted, (one) => this.take(one, this.archive));
    // Twice where it has both a thumbnail and what that was cut from: then the first is looked at first.
    while (this.archive && this.waiting.size > 0) {
      const left = await this.readArchive(this.archive);
      await this.each(left, (one) => this.take(one, this.archive));
    }
    return this.counts;
  }

  /** Many at once; the first error ends all of it, once what is under way has ended. */
  private async each(wanted: AsyncIterable<Wanted> | Iterable<Wanted>, work: (one: Wanted) => Promise<void>): Promise<void> {
    const iterator = Symbol.asyncIterator in wanted ? wanted[Symbol.asyncIterator]() : wanted[Symbol.iterator]();
    const inTurn = pLimit(1);
    const worker = async () => {
      for (;;) {
        this.signal.throwIfAborted();
        const { done, value } = await inTurn(async () => iterator.next());
        if (done) return;
        await work(value);
      }
    };
    const failing = (error: unknown) => {
      this.ending.abort(error);
      throw error;
    };
    await Promise.allSettled(Array.from({ length: WORKERS }, () => worker().catch(failing)));
    if (!this.signal.aborted) return;
    await iterator.return?.();
    throw this.signal.reason;
  }

  private async take(one: Wanted, archive: Archive | null): Promise<void> {
    const known = await this.findKept(one.addresses);
    // Somebody here has decided on it.
    if (one.addresses.some((address) => known.get(sourceAddress(address) ?? '')?.failure === 'deleted')) return this.count('alreadyHere');
    const here = one.addresses.findIndex((address) => knownAs(address, known, { surely: true }));
    const better = (here < 0 ? one.addresses : one.addresses.slice(0, here)).filter((address) => here < 0 || mayComeStill(address, known));
    const found = archive && this.findInArchive(better, archive);
    if (found) return void this.waiting.set(found.path, [...(this.waiting.get(found.path) ?? []), { one, ...found }]);
    let failure: MediaFailure = 'notFound';
    for (const address of better) {
      const outcome = await this.have(address, one, known);
      if ('asset' in outcome) return this.count('cameIn');
      failure = outcome.failure;
    }
    if (here < 0) return this.countFailure(one.addresses[0] ?? '', failure);
    await this.noteHere(one.addresses[here] ?? '', known);
    this.count('alreadyHere');
  }

  /** What is known of these addresses, without files that are no longer there. */
  private async findKept(addresses: string[]): Promise<Known> {
    const known = await findSources(this.sql.run, addresses.flatMap(keysOf));
    for (const [key, { asset }] of known) if (asset && !(await isKept(asset.name, asset.bytes))) known.delete(key);
    return known;
  }

  private async noteHere(address: string, known: Known): Promise<void> {
    const key = sourceAddress(address);
    const asset = knownAs(address, known, { surely: true });
    if (key !== null && asset && !known.get(key)?.asset) await noteSame(this.sql.run, asset, [key]);
  }

  /** Asks for the file at an address, in full size first. */
  private async have(address: string, { kind, alt }: Wanted, known: Known): Promise<Outcome> {
    const key = sourceAddress(address);
    if (key === null) return { failure: 'forbidden' };
    let spare: KnownAsset | null = null;
    let failure: MediaFailure = 'notFound';
    for (const candidate of candidates(address)) {
      const asset = known.get(sourceAddress(candidate) ?? '')?.asset;
      const outcome = asset ? { asset } : await this.asking.ask(candidate, kind, alt);
      const fit = 'asset' in outcome ? fits(address, candidate, outcome.asset.media) : null;
      if ('asset' in outcome && fit === 'same') {
        if (sourceAddress(candidate) !== key) await noteSame(this.sql.run, outcome.asset, [key]);
        return outcome;
      }
      if ('asset' in outcome) spare ??= fit === 'perhaps' ? outcome.asset : null;
      // What may be there later is worth saying.
      else if (failure !== 'unavailable') failure = outcome.failure;
    }
    if (spare) await noteSame(this.sql.run, spare, [key]);
    else await noteFailure(this.sql.run, key, failure);
    return spare ? { asset: spare } : { failure };
  }

  private findInArchive(addresses: string[], archive: Archive): (Omit<Waiting, 'one'> & { path: string }) | null {
    for (const address of addresses) {
      for (const candidate of candidates(address)) {
        const path = archive.find(candidate);
        if (path !== null && !this.seen.has(path)) return { path, address, candidate };
      }
    }
    return null;
  }

  /** Goes through the archive once. Gives what was not in it as it should be: that is looked for elsewhere. */
  private async readArchive(archive: Archive): Promise<Wanted[]> {
    const left: Wanted[] = [];
    const paths = new Set(this.waiting.keys());
    for (const path of paths) this.seen.add(path);
    await archive.read(paths, async (path, bytes) => {
      const waiting = this.waiting.get(path) ?? [];
      const kind = waiting.every(({ one }) => one.kind !== 'file') ? 'picture' : 'file';
      const kept = await keepWanted(bytes, kind).catch((error: unknown) => {
        if (error instanceof CopyingEnded) throw error;
        return null;
      });
      this.signal.throwIfAborted();
      if (!kept?.ok) return;
      this.waiting.delete(path);
      for (const { one, address, candidate } of waiting) {
        const asset = await noteKept(this.sql, kept.value, { alt: one.alt, name: nameOfAddress(candidate) }, keyOf(candidate));
        if (!asset) this.readAgain(path);
        const isIt = asset !== null && fits(address, candidate, asset.media) === 'same' && (one.kind === 'file' || asset.media.kind === 'image');
        if (isIt) await noteSame(this.sql.run, asset, keyOf(address));
        if (isIt) this.count('cameIn');
        else left.push(one);
      }
    }, this.signal);
    left.push(...[...this.waiting.values()].flat().map(({ one }) => one));
    this.waiting.clear();
    return left;
  }

  /** What came of it was taken by a deletion before it was written down: it is read once more. */
  private readAgain(path: string): void {
    if (this.readTwice.has(path)) return;
    this.readTwice.add(path);
    this.seen.delete(path);
  }

  private count(as: keyof CopyCounts): void {
    this.counts[as] += 1;
    this.done += 1;
    this.more.onProgress(this.done, Math.max(this.done, this.more.total));
  }

  private countFailure(address: string, failure: MediaFailure): void {
    this.more.onFailure?.(address, failure);
    this.count('failed');
  }
}

/** Whether an address that gave nothing before may give something now: not where it said no for good. */
function mayComeStill(address: string, known: Known): boolean {
  const failure = known.get(sourceAddress(address) ?? '')?.failure;
  return failure == null || failure === 'unavailable';
}
