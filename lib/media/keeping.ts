import { createHash } from 'node:crypto';
import { db } from '../db/client';
import { newId } from '../ids';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { CopyingEnded } from './fetch-file';
import { keptName, typeOfMime } from './kept-types';
import { StoreFailed } from './media-store';
import { noteSame, runIn, type KnownAsset, type Run, type Sql } from './sources';
import { isKept, type KeptFile } from './store';

/** For a transaction in which the store is asked, and tried again where it is away. */
export const STORE_MS = 60_000;
export const goneMeanwhile = () => fail('unavailable', t('media.refusals.goneMeanwhile'));
const TRIES = 2;

/** Statements and transactions of the blog's own. */
export const blogSql: Sql = {
  run: (sql, values) => runIn(db())(sql, values),
  together: (work) => db().$transaction((tx) => work(runIn(tx)), { timeout: STORE_MS }),
};

/** Until the transaction ends nobody else writes down or removes the file of these bytes, or keeps a size of it. */
export async function holdFile(run: Run, sha256: string): Promise<void> {
  const key = createHash('sha256').update(`media ${sha256}`).digest().readBigInt64BE();
  await run('SELECT pg_advisory_xact_lock($1::bigint)::text', [key]);
}

/** What is said of a file by whoever brings it; an import does where nobody is named. `widths`: where they are known already. */
export type Told = { name: string; alt?: string; uploadedById?: string; widths?: number[] };
/** An asset as it is written down. `isNew`: it was not before. */
export type Noted = { id: string; name: string; alt: string; uploadedById: string | null; isNew: boolean };

/**
 * Writes down, in a transaction, that a file is kept: the one way in which an asset comes to be. No deletion takes its bytes
 * from then on; null where one has taken them since they were kept. The same bytes are one asset, whatever they are called;
 * a text it has stays. Idempotent. @throws StoreFailed
 */
export async function noteFile(run: Run, { sha256, mimeType, bytes, width, height }: KeptFile, { name, alt = '', uploadedById, widths }: Told): Promise<Noted | null> {
  await holdFile(run, sha256);
  if (!(await isKept(keptName(sha256, mimeType), bytes))) return null;
  const [noted] = await run<Noted>(
    `INSERT INTO "MediaAsset" (id, sha256, "mimeType", bytes, width, height, alt, name, "uploadedById", widths, "measuredAt")
     VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::uuid, coalesce($10::int[], '{}'), CASE WHEN $10::int[] IS NOT NULL THEN now() END)
     ON CONFLICT (sha256) DO UPDATE SET alt = CASE WHEN "MediaAsset".alt = '' THEN EXCLUDED.alt ELSE "MediaAsset".alt END
     RETURNING id, name, alt, "uploadedById", xmax = 0 AS "isNew"`,
    [newId(), sha256, mimeType, bytes, width, height, alt.replaceAll('\0', ''), name, uploadedById ?? null, widths ?? null],
  );
  if (!noted) throw new Error('A kept file was not written down.');
  return noted;
}

function endedByStore(error: unknown): never {
  throw error instanceof StoreFailed ? new CopyingEnded(fail('unavailable', error.message)) : error;
}

/** As `noteFile`, in a transaction of its own; and that these keys lead to it. @throws CopyingEnded where the storage is away */
export async function noteKept(sql: Sql, file: KeptFile, told: Told, keys: string[]): Promise<KnownAsset | null> {
  const noted = await sql.together(async (run) => {
    const asset = await noteFile(run, file, told);
    if (asset) await noteSame(run, asset, keys);
    return asset;
  }).catch(endedByStore);
  const { sha256, mimeType, bytes, width, height, path } = file;
  return noted && { id: noted.id, name: keptName(sha256, mimeType), bytes, media: { path, kind: typeOfMime(mimeType)?.kind ?? 'file', width, height } };
}

/** Keeps a file and notes it (`noteKept`): once more where a deletion has taken the bytes in between. Refusals: those of `keep`; `unavailable` where it happens again. @throws CopyingEnded */
export async function keepAndNote(sql: Sql, keep: () => Promise<Result<KeptFile>>, told: Told, keys: string[]): Promise<Result<KnownAsset>> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const kept = await keep();
    if (!kept.ok) return kept;
    const asset = await noteKept(sql, kept.value, told, keys);
    if (asset) return ok(asset);
  }
  return goneMeanwhile();
}
