import { randomUUID } from 'node:crypto';
import { slotOf, type Tag } from '../cache-tags';
import { db, type Tx } from './client';

/** The channel of NOTIFY on which every instance hears what has changed. */
export const CHANNEL = 'soapbox';

export type Notice = { by: string; tags: Tag[] };

type Here = {
  /** This process among the instances. */
  id: string;
  /** Forgets the kept pages of this process that show these. Set by the server; a script keeps none. */
  forget?: (tags: Tag[]) => void;
};

// Next bundles its own copy of this module, so this hangs on globalThis under one symbol.
const key = Symbol.for('soapbox.change');
const shared = globalThis as typeof globalThis & { [key]?: Here };
const here = (): Here => (shared[key] ??= { id: randomUUID() });

/** Which process this is, among all that share the database. */
export const processId = (): string => here().id;

/**
 * Lets the server be told of the changes made here, after they are committed and before they are answered. `id`: the
 * process that this thread belongs to.
 */
export function onOwnChange(forget: (tags: Tag[]) => void, id = here().id): void {
  shared[key] = { id, forget };
}

// NOTIFY takes less than 8000 bytes. Every page shows `posts`.
const TAGS_MAX = 100;

type Run = (sql: string, values: unknown[]) => Promise<unknown>;

/**
 * The last step of a transaction that readers can see: raises the versions of these tags and tells every instance, when
 * and only when it commits. Slots are taken in order, and last, so that no two changes wait for one another.
 */
export async function announce(run: Run, tags: Tag[]): Promise<void> {
  if (tags.length === 0) return;
  const slots = [...new Set(tags.map(slotOf))].sort((a, b) => a - b);
  const notice: Notice = { by: processId(), tags: tags.length > TAGS_MAX ? ['site', 'posts'] : tags };
  await run(
    `WITH raised AS (
      INSERT INTO "PageVersion" AS v (slot, version) SELECT s, 1 FROM unnest($1::smallint[]) s
      ON CONFLICT (slot) DO UPDATE SET version = v.version + 1 RETURNING slot
    ) SELECT pg_notify($2, $3), (SELECT count(*) FROM raised)`,
    [slots, CHANNEL, JSON.stringify(notice)],
  );
}

type Work<T> = (tx: Tx, changed: (tag: Tag) => void) => Promise<T>;

/**
 * One act that readers may see: a transaction that names by `changed` what kept pages it touches. Every instance hears
 * of it when it commits; this process has forgotten those pages before the act is answered.
 */
export async function changing<T>(work: Work<T>, options?: { timeout: number }): Promise<T> {
  const tags = new Set<Tag>();
  try {
    return await db().$transaction(async (tx) => {
      const value = await work(tx, (tag) => tags.add(tag));
      await announce((sql, values) => tx.$executeRawUnsafe(sql, ...values), [...tags]);
      return value;
    }, options);
  } finally {
    // After a failure too: a COMMIT whose answer was lost may have happened.
    if (tags.size > 0) here().forget?.([...tags]);
  }
}
