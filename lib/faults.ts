import { log } from './log';

/** Something that should not be, found while the blog runs on. */
export type Fault = {
  /** What it is, for the owner. */
  sentence: string;
  /** Where it was found last, a path of the blog. */
  path: string | null;
  count: number;
  firstAt: Date;
  lastAt: Date;
};

/** Sentences come from a closed list of causes; should one ever carry what differs, memory still has an end. */
const FAULTS_MAX = 50;

// Next bundles its own copy of this module, so the list hangs on globalThis under one symbol.
const key = Symbol.for('soapbox.faults');
const shared = globalThis as typeof globalThis & { [key]?: Map<string, Fault> };
const faults = (): Map<string, Fault> => (shared[key] ??= new Map());

/** Notes a fault for the owner's health page, and logs it the first time. Faults are told apart by their sentences. */
export function noteFault(sentence: string, path: string | null = null, now = new Date()): void {
  const known = faults().get(sentence);
  if (known) return void Object.assign(known, { path, count: known.count + 1, lastAt: now });
  // Not where: a path may hold a key to somebody's page.
  log.error(sentence);
  if (faults().size < FAULTS_MAX) faults().set(sentence, { sentence, path, count: 1, firstAt: now, lastAt: now });
}

/** Shows these faults in place of those of this thread: the pages tell what the process in front of them has found. */
export function showFaults(list: Fault[]): void {
  shared[key] = new Map(list.map((fault) => [fault.sentence, fault]));
}

/** The faults found since this process began, the latest first. */
export const listFaults = (): Fault[] => [...faults().values()].sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime());
