import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { importFile } from '@/lib/transfer/commands';
import { uploadsFolder } from '@/lib/transfer/room';
import { beginAgain, startImport, stopTransfer } from '@/lib/transfer/desk/running';
import { closeStaging, openStaging } from '@/lib/transfer/staging';
import { tidyTransfers } from '@/lib/transfer/desk/tidying';
import { runTransfer } from '@/lib/transfer/desk/transfer-job';
import { beat, takeTurn } from '@/lib/transfer/desk/turns';
import { inUnpackFolder } from '@/lib/transfer/unpack-folders';
import { discardTransfer } from '@/lib/transfer/desk/uploads';
import { JobWorker } from '@/server/jobs';
import { useDatabase } from '@/tests/support/database';
import { EXPORT, person, shown, upload, useFolder } from '../moving-scene';

const database = useDatabase();
const folder = useFolder();
process.env.DATA_DIR = useFolder();
const place = () => ({ url: database.url, folder });
const PATIENT = { timeout: 30_000, interval: 50 };
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const run = (id: string, signal = new AbortController().signal) => runTransfer(id, place(), signal);
const counts = async () => [await db().post.count(), await db().comment.count()];
const inSilence = (seconds: number) => database.sql.query(`UPDATE "Transfer" SET "beatAt" = now() - make_interval(secs => $1)`, [seconds]);
const waitingJobs = async () => (await database.sql.query<{ data: unknown; later: boolean }>(`SELECT data, start_after > now() + interval '5 seconds' AS later FROM pgboss.job WHERE name = 'transfer' AND state = 'created'`)).rows;

/** As the server does it. */
async function startWorker(): Promise<JobWorker> {
  const worker = await JobWorker.start(database.url, { transfer: { handle: (data, signal) => runTransfer((data as { id: string }).id, place(), signal ?? new AbortController().signal), atOnce: 1 } });
  opened.push(worker);
  return worker;
}

/** Holds up every import that has got as far as its comments, until it is let go. */
async function holdUp(): Promise<() => Promise<void>> {
  const lock = new pg.Client(database.url);
  await lock.connect();
  await lock.query('BEGIN; LOCK TABLE "Comment" IN SHARE MODE');
  const letGo = async () => void (await lock.end());
  opened.push({ close: letGo });
  return letGo;
}
const untilHeldUp = () => vi.waitFor(async () => {
  const { rows } = await database.sql.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'soapbox import'`);
  expect(rows).toHaveLength(1);
}, PATIENT);

async function checked() {
  const owner = await person();
  const id = await upload(owner);
  await run(id);
  return { owner, id };
}

test('a file is looked through without a change, then imported, and its bytes are gone', async () => {
  const { owner, id } = await checked();
  const looked = await shown(owner);
  expect(looked).toMatchObject({ state: 'checked', report: { dryRun: true } });
  expect(looked.report?.rows.find(({ kind }) => kind === 'comments')?.cameIn).toBeGreaterThan(5);
  expect(await counts()).toEqual([0, 0]);
  expect(await startImport(owner, { id, withMedia: false })).toMatchObject({ ok: true });
  expect(await shown(owner)).toMatchObject({ state: 'importing', withMedia: false, progress: null });
  await run(id);
  const done = await shown(owner);
  expect(done).toMatchObject({ state: 'done', report: { dryRun: false } });
  for (const kind of ['posts', 'pages', 'comments', 'oldAddresses']) expect(done.report?.rows.find((row) => row.kind === kind)).toEqual(looked.report?.rows.find((row) => row.kind === kind));
  expect((await counts())[1]).toBeGreaterThan(5);
  expect(await db().transferPiece.count()).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that cannot be read says why, and can be looked through again or thrown away', async () => {
  const owner = await person();
  const id = await upload(owner, new TextEncoder().encode('<rss version="2.0"><channel><item></channel>'));
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'failed', report: null });
  expect((await shown(owner)).message).not.toBe('');
  expect(await beginAgain(owner, id)).toMatchObject({ ok: true });
  expect(await shown(owner)).toMatchObject({ state: 'checking', message: '' });
  await run(id);
  expect(await discardTransfer(owner, id)).toMatchObject({ ok: true });
  expect([await db().transfer.count(), await db().transferPiece.count()]).toEqual([0, 0]);
});

test('nothing is imported that was not looked through, nor twice, nor by anybody else', async () => {
  const owner = await person();
  const id = await upload(owner);
  expect(await startImport(owner, { id, withMedia: true })).toMatchObject({ ok: false, code: 'conflict' });
  await run(id);
  expect(await startImport(await person(), { id, withMedia: true })).toMatchObject({ ok: false, code: 'not-found' });
  expect(await startImport(await person('moderator'), { id, withMedia: true })).toMatchObject({ ok: false, code: 'not-found' });
  const begun = await Promise.all([startImport(owner, { id, withMedia: true }), startImport(owner, { id, withMedia: true })]);
  expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await beginAgain(owner, id)).toMatchObject({ ok: false, code: 'conflict' });
  expect(await discardTransfer(owner, id)).toMatchObject({ ok: false, code: 'conflict' });
});

test('while one process works on an import no other does, however often its job is sent', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  const first = await takeTurn(id, new Date());
  expect(first).toMatchObject({ tries: 1, state: 'importing' });
  await inSilence(50);
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'importing' });
  expect(await counts()).toEqual([0, 0]);
});

test('what a killed process had in hand is taken up a minute after its last sign, and done once', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  await database.sql.query('DELETE FROM pgboss.job');
  await takeTurn(id, new Date());
  await tidyTransfers(place());
  expect(await waitingJobs()).toEqual([]);
  await inSilence(61);
  await tidyTransfers(place());
  await tidyTransfers(place());
  expect(await waitingJobs()).toEqual([{ data: { id }, later: false }]);
  await startWorker();
  await vi.waitFor(async () => expect(await shown(owner)).toMatchObject({ state: 'done' }), PATIENT);
  const after = await counts();
  await run(id);
  expect(await counts()).toEqual(after);
});

test('a file that ends every process that takes it up is given up in the end', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  for (let count = 0; count < 5; count += 1) {
    expect(await takeTurn(id, new Date())).toMatchObject({ tries: count + 1 });
    await inSilence(61);
  }
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'failed' });
  expect(await counts()).toEqual([0, 0]);
});

test('a process that was silent for a minute ends when another has taken its import up, even if that one only waits for it', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  const letGo = await holdUp();
  const old = run(id);
  await untilHeldUp();
  const { turn } = await db().transfer.findUniqueOrThrow({ where: { id } });
  await vi.waitFor(async () => {
    await inSilence(61);
    await run(id);
    expect((await db().transfer.findUniqueOrThrow({ where: { id } })).turn).toBeGreaterThan(turn);
  }, PATIENT);
  // What holds it up still does: it ends because its turn is over.
  await old;
  expect(await shown(owner)).toMatchObject({ state: 'importing' });
  expect(await counts()).toEqual([0, 0]);
  await letGo();
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'done' });
});

test('a process that stood still while another took its import up commits nothing, though it never heard of it', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  const standingStill = vi.spyOn(globalThis, 'setInterval').mockImplementation(() => setTimeout(() => undefined, 0));
  const letGo = await holdUp();
  const old = run(id);
  await untilHeldUp();
  await inSilence(61);
  const next = await takeTurn(id, new Date());
  standingStill.mockRestore();
  await letGo();
  await old;
  expect(await counts()).toEqual([0, 0]);
  expect(await shown(owner)).toMatchObject({ state: 'importing' });
  expect(await beat(next!, null)).toBe('go-on');
});

test('a turn that is over stays over when the same file is begun again', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  const old = await takeTurn(id, new Date());
  await inSilence(61);
  await stopTransfer(owner, id);
  await beginAgain(owner, id);
  expect(await beat(old!, null)).toBe('lost');
  await takeTurn(id, new Date());
  expect(await beat(old!, null)).toBe('lost');
});

test('an import that waits in the queue is cancelled at once; begun again, the same file comes in', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  expect(await stopTransfer(owner, id)).toMatchObject({ ok: true });
  expect(await shown(owner)).toMatchObject({ state: 'cancelled', isStopping: false });
  await run(id);
  expect(await counts()).toEqual([0, 0]);
  expect(await beginAgain(owner, id)).toMatchObject({ ok: true });
  await run(id);
  await startImport(owner, { id, withMedia: false });
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'done' });
});

test('an import that is under way is cancelled within seconds, and nothing of it is here', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  await holdUp();
  await startWorker();
  await untilHeldUp();
  expect(await stopTransfer(await person(), id)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await stopTransfer(owner, id)).toMatchObject({ ok: true });
  expect(await shown(owner)).toMatchObject({ state: 'importing', isStopping: true });
  await vi.waitFor(async () => expect(await shown(owner)).toMatchObject({ state: 'cancelled', isStopping: false }), { timeout: 8_000, interval: 50 });
  expect(await counts()).toEqual([0, 0]);
  expect(await db().transferPiece.count()).toBeGreaterThan(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('a process that is told to stop leaves its import to the next, soon and whole', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  const letGo = await holdUp();
  const worker = await startWorker();
  await untilHeldUp();
  const before = Date.now();
  await worker.close();
  expect(Date.now() - before).toBeLessThan(7_000);
  expect(await shown(owner)).toMatchObject({ state: 'importing', progress: null });
  expect(await waitingJobs()).toEqual([{ data: { id }, later: false }]);
  await letGo();
  await startWorker();
  await vi.waitFor(async () => expect(await shown(owner)).toMatchObject({ state: 'done' }), PATIENT);
});

test('while another import runs one’s own waits, says so, and is tried again', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  await database.sql.query('DELETE FROM pgboss.job');
  const other = await openStaging(database.url, 'other');
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'importing', progress: { step: 'waiting' } });
  expect(await waitingJobs()).toEqual([{ data: { id }, later: true }]);
  if (other) await closeStaging(other);
  await run(id);
  expect(await shown(owner)).toMatchObject({ state: 'done' });
});

test('what somebody began who is no owner any more is not done', async () => {
  const { owner, id } = await checked();
  await startImport(owner, { id, withMedia: false });
  await db().user.update({ where: { id: owner.userId }, data: { role: 'author' } });
  await run(id);
  expect((await db().transfer.findUniqueOrThrow({ where: { id } })).state).toBe('cancelled');
  expect(await counts()).toEqual([0, 0]);
});

test('a file with which nobody does anything for a day is thrown away; what came in is shown for a month', async () => {
  const [owner, other, third] = [await person(), await person(), await person()];
  const left = await upload(owner);
  await run(left);
  const done = await upload(other);
  await run(done);
  await startImport(other, { id: done, withMedia: false });
  await run(done);
  const fresh = await upload(third);
  await run(fresh);
  const makeOlder = (id: string, hours: number) => database.sql.query(`UPDATE "Transfer" SET "createdAt" = now() - make_interval(hours => $2), "finishedAt" = now() - make_interval(hours => $2) WHERE id = $1`, [id, hours]);
  await makeOlder(left, 25);
  await makeOlder(done, 25);
  await makeOlder(fresh, 23);
  await tidyTransfers(place());
  expect((await db().transfer.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([done, fresh].sort());
  await makeOlder(done, 24 * 31);
  await tidyTransfers(place());
  expect(await db().transfer.count()).toBe(1);
});

test('a file that a killed process put together is removed, one in use is not', async () => {
  const owner = await person();
  const id = await upload(owner);
  const [used, left, foreign] = [`${id}.a1`, `${newId()}.a1`, 'somebody-elses.txt'];
  for (const name of [used, left, foreign]) writeFileSync(path.join(folder, name), EXPORT);
  await tidyTransfers(place());
  expect(readdirSync(folder).sort()).toEqual([used, foreign].sort());
});

test('what comes out of an archive lies where the blog keeps its files, and is gone when it has come in', async () => {
  const packed = path.join(process.env.DATA_DIR!, 'blog.xml.gz');
  writeFileSync(packed, gzipSync(EXPORT));
  const seen = new Set<number>();
  expect(await importFile(packed, { url: database.url, dryRun: true, media: { skip: true }, onProgress: ({ step }) => step === 'reading' && seen.add(readdirSync(uploadsFolder()).length) }, new Date())).toMatchObject({ ok: true });
  expect([...seen]).toEqual([1]);
  expect(readdirSync(uploadsFolder())).toEqual([]);
});

test('what a killed import unpacked is removed, but nothing while an import runs, nor what is another blog’s', async () => {
  const foreign = path.join(uploadsFolder(), 'unpacked-0123456789ab-x');
  const left = await inUnpackFolder(database.url, newId(), (made) => Promise.resolve(made));
  for (const one of [left, foreign]) {
    mkdirSync(one, { recursive: true });
    writeFileSync(path.join(one, '1.export'), EXPORT);
  }
  const tidy = () => tidyTransfers({ url: database.url, folder: uploadsFolder() });
  const running = await openStaging(database.url, 'other');
  await tidy();
  expect(readdirSync(uploadsFolder()).sort()).toEqual([left, foreign].map((one) => path.basename(one)).sort());
  await closeStaging(running!);
  await tidy();
  expect(readdirSync(uploadsFolder())).toEqual([path.basename(foreign)]);
  rmSync(foreign, { recursive: true });
});
