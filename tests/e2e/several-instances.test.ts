import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { LEADER_LOCK } from '../../server/cdn-leader';
import { until } from '../support/blog-process';
import { CdnHook } from '../support/cdn-hook';
import { Instance, openSessionOf, useOwnDatabase } from '../support/instances';
import { PostgresProxy } from '../support/postgres-proxy';

/** In each setting: changes, and reads at random moments around each. */
const CHANGES = 250;
const READS_EACH = 4;
const RANDOM_LIMIT_MS = 300_000;
/** How old a page may be on a process that did not make the change, with FRESHNESS=fast. */
const FAST_MS = 50;

/** A comment that comes and goes on its post, whether readers are to see it now, and another one there that stays. */
type Lane = { id: string; revision: number; post: string; path: string; isShown: boolean; neighbour: string | null };
/** A read on the process that makes the change or on the other, begun after so many hundredths of the time that a change takes. */
type Read = { own: boolean; after: number };
type Seen = Read & { lagMs: number; isNew: boolean };

const sessionToken = randomBytes(32).toString('base64url');
const database = useOwnDatabase();

describe.each([['fast', FAST_MS], ['exact', 0]] as const)('two processes with FRESHNESS=%s', (freshness, otherMs) => {
  /** The ways on which the second process reaches PostgreSQL. */
  let queries: PostgresProxy;
  let notices: PostgresProxy;
  let cdn: CdnHook;
  let first: Instance;
  let second: Instance;
  let lanes: Lane[];
  /** How long the last change took to be answered. */
  let changeMs = 20;

  beforeAll(async () => {
    [queries, notices] = await Promise.all([PostgresProxy.open(database.url), PostgresProxy.open(database.url)]);
    cdn = await CdnHook.open();
    first = await Instance.start({ freshness, database: database.url, direct: database.url, cdn: cdn.url, sessionToken });
    second = await Instance.start({ freshness, database: queries.url, direct: notices.url, cdn: cdn.url, sessionToken });
    await openSessionOf(database.sql, 'moderator', sessionToken);
  });

  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await Promise.all([queries.close(), notices.close(), cdn.close()]);
  });

  beforeEach(async () => {
    lanes = await findLanes();
    for (const lane of lanes) await Promise.all([first.read(lane.path), second.read(lane.path)]);
  });

  const shows = async (instance: Instance, { path, id }: Lane) => (await instance.read(path)).includes(`id="comment-${id}"`);

  const expectNow = async (instance: Instance, lane: Lane, where: string) => expect(await shows(instance, lane), `whether ${where} shows the comment`).toBe(lane.isShown);

  /** Changes it on one process, with reads begun at their moments. None may be older than promised; afterwards both are right. */
  async function change(lane: Lane, own: Instance, reads: Read[] = []): Promise<Seen[]> {
    const other = own === first ? second : first;
    let answeredAt = Infinity;
    const shown = !lane.isShown;
    const begin = async (read: Read): Promise<Seen> => {
      await pause((read.after * changeMs) / 100);
      const begunAt = performance.now();
      const isNew = (await shows(read.own ? own : other, lane)) === shown;
      return { ...read, isNew, lagMs: begunAt - answeredAt };
    };
    const reading = reads.map(begin);
    const sentAt = performance.now();
    await own.toggle(lane);
    answeredAt = performance.now();
    changeMs = answeredAt - sentAt;
    lane.isShown = shown;
    await Promise.all([expectNow(own, lane, 'the process that was changed'), untilShown(other, lane, answeredAt)]);
    const seen = await Promise.all(reading);
    for (const { own: isOwn, isNew, lagMs } of seen) {
      if (!isNew && lagMs > (isOwn ? 0 : otherMs)) throw new Error(`A read on the ${isOwn ? 'same' : 'other'} process, begun ${lagMs.toFixed(1)} ms after the change was answered, did not see it.`);
    }
    await Promise.all([expectNow(own, lane, 'the process that was changed, a moment later,'), expectNow(other, lane, 'the other process, where it had been right,')]);
    return seen;
  }

  /** Reads without a pause until the change is seen, and no longer than is promised. */
  async function untilShown(other: Instance, lane: Lane, answeredAt: number): Promise<void> {
    for (;;) {
      const lagMs = performance.now() - answeredAt;
      if ((await shows(other, lane)) === lane.isShown) return;
      if (lagMs > otherMs || freshness === 'exact') throw new Error(`The other process did not show it to a read begun ${lagMs.toFixed(1)} ms after the change was answered.`);
    }
  }

  // The first test, while no purge of an earlier one is repeated.
  test('one of them tells the CDN what changes; when it hears no more, whoever takes its place goes on', async () => {
    const told = (tag: string) => until(() => cdn.purges.some((tags) => tags.includes(tag)), () => `The CDN was not told of ${tag}: ${JSON.stringify(cdn.purges)}`);
    const leader = async () => (await database.sql.query<{ pid: number }>(`SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND objid = $1 AND datname = current_database()`, [LEADER_LOCK])).rows[0]?.pid;
    const [lane, next] = lanes as [Lane, Lane];
    await told('site');
    await change(lane, second);
    await told(`post:${lane.post}`);
    const before = await leader();
    await database.sql.query('SELECT pg_terminate_backend($1)', [before]);
    await until(async () => ![before, undefined].includes(await leader()), () => 'Nobody took its place.');
    // The new one has told all: what changes in the same moment is part of that, so more has to change.
    const isTold = () => cdn.purges.some((tags) => tags.includes(`post:${next.post}`));
    await until(async () => isTold() || (await change(next, second), isTold()), () => `The CDN was not told by the new one: ${JSON.stringify(cdn.purges)}`);
  });

  test(`${CHANGES} changes, each among ${READS_EACH} reads at random moments: seen as soon as promised, and for good`, async () => {
    const read = fc.record({ own: fc.boolean(), after: fc.integer({ min: 0, max: 150 }) });
    const round = fc.record({ onFirst: fc.boolean(), where: fc.nat(lanes.length - 1), reads: fc.array(read, { minLength: READS_EACH, maxLength: READS_EACH }) });
    const rounds = fc.sample(round, CHANGES);
    const seen: Seen[] = [];
    for (const { onFirst, where, reads } of rounds) seen.push(...(await change(lanes[where]!, onFirst ? first : second, reads)));
    const [before, after] = [seen.filter(({ lagMs }) => lagMs < 0), seen.filter(({ lagMs }) => lagMs >= 0)];
    console.log(`FRESHNESS=${freshness}: ${before.length} reads begun before the answer, ${before.filter(({ isNew }) => isNew).length} of them new; ${after.length} after it, ${after.filter(({ isNew }) => !isNew).length} of them old`);
    expect(seen).toHaveLength(CHANGES * READS_EACH);
  }, RANDOM_LIMIT_MS);

  test('when the connection on which changes are heard is killed, nothing is kept until it is back, and nothing old is shown', async () => {
    const [lane, ...others] = lanes as [Lane, ...Lane[]];
    expect(await keeps(second, lane)).toBe(true);
    notices.refuse();
    const { rows } = await database.sql.query<{ killed: boolean }>('SELECT pg_terminate_backend(pid) AS killed FROM pg_stat_activity WHERE client_port = ANY($1)', [notices.ports]);
    expect(rows.map(({ killed }) => killed)).toContain(true);
    for (const one of lanes) await change(one, first);
    await until(async () => !(await keeps(second, lane)), () => 'It went on keeping pages.');
    for (let round = 0; round < 4; round += 1) {
      expect(await keeps(second, lane)).toBe(false);
      for (const one of others) {
        await first.toggle(one);
        one.isShown = !one.isShown;
        await expectNow(second, one, 'a process that hears nothing');
      }
    }
    notices.admit();
    await until(() => keeps(second, lane), () => 'It never kept a page again.');
    for (const one of lanes) await expectNow(second, one, 'the process that hears again');
    for (const one of lanes) await change(one, first);
  });

  test.each([['the same', 'second'], ['the other', 'first']] as const)('a page whose rendering began before a change on %s process is never shown to whoever asks after it', async (_, by) => {
    const lane = lanes.find(({ neighbour }) => neighbour !== null)!;
    // Asked for in between, the page that is kept is a new one; else only the slow one could be.
    for (const isAskedMeanwhile of [true, false, true, false]) {
      if (!lane.isShown) await change(lane, second);
      // Not the comment that is changed: of that one a job may be reading, in a transaction whose locks the change would wait for.
      const name = await rename(lane.neighbour!);
      await forget(lane);
      const held = queries.holdNext(name);
      onTestFinished(held.release);
      const slow = second.read(lane.path);
      await held.caught;
      await (by === 'first' ? first : second).toggle(lane);
      lane.isShown = false;
      if (isAskedMeanwhile) {
        if (by === 'first') await untilShown(second, lane, performance.now());
        await expectNow(second, lane, 'the process that still renders the old page');
      }
      held.release();
      await slow;
      await expectNow(second, lane, 'the process that has rendered the old page');
      await expectNow(first, lane, 'the first process');
    }
  });

  if (freshness === 'exact') {
    test('also while notices are lost on the way, every change is seen at the next request', async () => {
      notices.losesNotices = true;
      for (let round = 0; round < 5; round += 1) for (const lane of lanes) await change(lane, first);
      notices.losesNotices = false;
    });
  }

  /** Changes what the page shows as nothing of the blog does: without a word to anybody. */
  async function rename(id: string): Promise<string> {
    const name = `Reader ${randomBytes(6).toString('hex')}`;
    await database.sql.query('UPDATE "Comment" SET name = $2 WHERE "publicId" = $1', [id, name]);
    return name;
  }

  /** Changes it and changes it back, so that no process has a page with it. */
  async function forget(lane: Lane): Promise<void> {
    await change(lane, second);
    await second.toggle(lane);
    lane.isShown = !lane.isShown;
  }

  /** Whether a page that was read a moment ago is given again: then a change of which nobody is told is not on it. */
  async function keeps(instance: Instance, lane: Lane): Promise<boolean> {
    if (!lane.isShown) await change(lane, first);
    await instance.read(lane.path);
    const name = await rename(lane.id);
    return !(await instance.read(lane.path)).includes(name);
  }
});

/** One comment without replies on each post that has such. */
async function findLanes(): Promise<Lane[]> {
  const { rows } = await database.sql.query<Omit<Lane, 'path'> & { slug: string }>(
    `SELECT DISTINCT ON (c."postId") c."publicId" AS id, c.revision, p.id AS post, p.slug, c.status = 'approved' AS "isShown",
       (SELECT n."publicId" FROM "Comment" n WHERE n."postId" = c."postId" AND n.id <> c.id AND n.status = 'approved' ORDER BY n.id LIMIT 1) AS neighbour
     FROM "Comment" c JOIN "Post" p ON p.id = c."postId"
     WHERE c.status IN ('approved', 'pending') AND c."replyCount" = 0 AND p.status = 'published' ORDER BY c."postId", c.id`,
  );
  return rows.map(({ slug, ...comment }) => ({ ...comment, path: `/posts/${slug}` }));
}
