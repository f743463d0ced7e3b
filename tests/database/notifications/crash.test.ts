import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { build } from 'esbuild';
import { COMMON } from '../../../server/bundle';
import { inProject } from '../../../server/project';
import type { Begin } from '../../support/crash-worker';
import { useDatabase } from '../../support/database';
import { MailServer } from '../../support/mail-server';
import { type Act, doAct, IS_OPEN, KINDS_OF_NOTICE, makeBlog } from '../../support/owed-notices';

const KILLS = 100;
const LIFE_MOST_MS = 800;
/** By the process that is killed, which dies in the middle of many, and meanwhile by another. */
const ACTS_IN_A_LIFE = 3;
/** The mail server takes so long at most before it has a mail, and so long before it says so: kills find mails in its hands. */
const TAKING_MOST_MS = 30;
/** Another way to begin, from the report of a run that has failed: CRASH_SEED=… */
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

const smtp = await MailServer.start();
vi.stubEnv('SMTP_URL', smtp.url);
vi.stubEnv('MAIL_FROM', 'blog@example.com');

const database = useDatabase();
const program = inProject('.build', `crash-worker-${process.pid}.mjs`);
const running = new Set<ChildProcess>();

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(SEED);
const below = (most: number): number => Math.floor(random() * most);

beforeAll(async () => {
  // What reads TypeScript would be most of a life.
  await build({ ...COMMON, entryPoints: [inProject('tests/support/crash-worker.ts')], outfile: program, packages: 'external', platform: 'node', target: 'node20' });
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(program, { force: true });
  await smtp.stop();
  vi.unstubAllEnvs();
});

type Loading = { child: ChildProcess; loaded: Promise<unknown>; ended: Promise<void> };

/** A process that is loaded, or will be, and has not begun. */
function load(): Loading {
  const env = { ...process.env, DATABASE_URL: database.url };
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
  running.add(child);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => { said += chunk.toString('utf8'); });
  const ended = once(child, 'exit').then(() => { if (!child.killed) throw new Error(`A process ended by itself:\n${said}`); });
  // Told where it is asked for: before it has begun, or when it is killed.
  const loaded = Promise.race([once(child, 'message'), ended]);
  for (const promise of [ended, loaded]) promise.catch(() => undefined);
  return { child, loaded, ended };
}

async function kill({ child, ended }: Loading): Promise<void> {
  child.kill('SIGKILL');
  await ended;
  running.delete(child);
}

let acts = 0;
const nextActs = (): Act[] => Array.from({ length: ACTS_IN_A_LIFE }, () => {
  const kinds = Object.keys(KINDS_OF_NOTICE);
  return { kind: kinds[below(kinds.length)] ?? '', n: (acts += 1), isOwed: random() < 0.75 };
});

/** What goes on beside the process that is killed: those who cause notices are not those who send them. */
async function doMeanwhile(list: Act[]): Promise<void> {
  for (const act of list) await doAct(act);
}

/**
 * What a killed process had in hand is taken up again when its two minutes are over, and tried again after a while more:
 * here at once, and without counting, for a hundred kills in a minute would use up the tries that are meant for a day.
 * Value: how many it had in hand.
 */
async function passTime(): Promise<number> {
  const { rowCount } = await database.sql.query(`UPDATE pgboss.job SET started_on = now() - expire_in - interval '1 second' WHERE ${IS_OPEN} AND state = 'active'`);
  await database.sql.query(`UPDATE pgboss.job SET retry_count = 0, start_after = now() WHERE ${IS_OPEN}`);
  return rowCount ?? 0;
}

const listOpen = async () => (await database.sql.query<{ name: string; state: string; tries: number; output: unknown }>(`SELECT name, state, retry_count AS tries, output FROM pgboss.job WHERE ${IS_OPEN}`)).rows;

/** One more process, which is left alone until nothing is to be done any more. */
async function finish(last: Loading): Promise<void> {
  await last.loaded;
  await passTime();
  last.child.send({ acts: [] } satisfies Begin);
  await vi.waitFor(async () => {
    await database.sql.query(`UPDATE pgboss.job SET start_after = now() WHERE ${IS_OPEN} AND state < 'active' AND start_after > now()`);
    await database.sql.query(`SELECT pg_notify('soapbox_jobs', 'mail')`);
    expect(await listOpen()).toEqual([]);
  }, { timeout: 60_000, interval: 250 });
  await kill(last);
}

test(`a process that is killed at ${KILLS} random instants loses no notice, sends none that is not owed, and none twice but under the same Message-ID`, async () => {
  await makeBlog();
  // Not from the seed: how often it is called is not in it.
  smtp.beforeTaking = smtp.afterTaking = () => sleep(Math.random() * TAKING_MOST_MS);
  let [inHand, spares] = [0, [load(), load()]];
  for (let kills = 0; kills < KILLS; kills += 1) {
    const life = spares.shift()!;
    spares = [...spares, load()];
    await life.loaded;
    life.child.send({ acts: nextActs() } satisfies Begin);
    const meanwhile = doMeanwhile(nextActs());
    await sleep(below(LIFE_MOST_MS));
    await kill(life);
    await meanwhile;
    inHand += await passTime();
  }
  await finish(spares.shift()!);
  const sent = smtp.received.map(({ to, parsed }) => ({ to: to.join(), mark: parsed.messageId }));
  const owed = (await Promise.all(Object.values(KINDS_OF_NOTICE).map(({ listOwed }) => listOwed()))).map((list) => list.sort());
  const known = `CRASH_SEED=${SEED}: owed ${owed.map(({ length }) => length).join(' + ')}, sent ${sent.length}, in hand at a kill ${inHand}`;
  console.info(known);
  expect([...new Set(sent.map(({ to }) => to))].sort(), known).toEqual(owed.flat().sort());
  expect(new Set(sent.map(({ to, mark }) => `${to} ${mark}`)).size, known).toBe(owed.flat().length);
  const mails = await database.sql.query<{ to: string; sentAt: Date | null }>('SELECT "to", "sentAt" FROM "Mail"');
  expect([mails.rows.length, mails.rows.filter(({ sentAt }) => sentAt === null)], known).toEqual([owed.flat().length, []]);
  // Of each kind something was owed, and kills have found work in hand: else nothing was tried.
  expect(Math.min(inHand, ...owed.map(({ length }) => length)), known).toBeGreaterThan(10);
}, 600_000);
