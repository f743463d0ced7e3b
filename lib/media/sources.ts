import type { Tx } from '../db/client';
import type { MediaFailure } from '../db/generated/enums';
import type { OwnMedia } from '../text/own-media';
import { keptName, keptPath, typeOfMime } from './kept-types';
import { candidates, fits, sourceAddress } from './source-address';

/** Runs SQL and gives its rows: on a pool, in a transaction, or on the one connection of an import. */
export type Run = <Row extends object>(sql: string, values: unknown[]) => Promise<Row[]>;
/** Runs SQL, each statement by itself, or `together` in one transaction. */
export type Sql = { run: Run; together: <T>(work: (run: Run) => Promise<T>) => Promise<T> };

/** Runs SQL in a transaction of the blog's own. */
export const runIn = (tx: Tx): Run => (sql, values) => tx.$queryRawUnsafe(sql, ...values);

/** What is known of a key of MediaSource. */
export type KnownSource = { failure: MediaFailure | null; asset: KnownAsset | null };
export type KnownAsset = { id: string; name: string; bytes: number; media: OwnMedia };

type Row = { address: string; failure: MediaFailure | null; id: string | null; sha256: string; mimeType: string; bytes: number; width: number | null; height: number | null };

function assetOf({ id, sha256, mimeType, bytes, width, height }: Row): KnownAsset | null {
  if (id === null) return null;
  return { id, name: keptName(sha256, mimeType), bytes, media: { path: keptPath(sha256, mimeType), kind: typeOfMime(mimeType)?.kind ?? 'file', width, height } };
}

/** What is known of each of these keys; those of which nothing is known are not in the map. */
export async function findSources(run: Run, keys: string[]): Promise<Map<string, KnownSource>> {
  if (keys.length === 0) return new Map();
  const rows = await run<Row>(
    `SELECT source.address, source.failure, asset.id, asset.sha256, asset."mimeType", asset.bytes, asset.width, asset.height
     FROM "MediaSource" source LEFT JOIN "MediaAsset" asset ON asset.id = source."assetId" WHERE source.address = ANY($1::text[])`,
    [[...new Set(keys)]],
  );
  return new Map(rows.map((row) => [row.address, { failure: row.failure, asset: assetOf(row) }]));
}

/** The keys under which the file at an address may be known: its own first, then those of what is asked in its place. */
export function keysOf(address: string): string[] {
  const keys = [address, ...candidates(address)].map(sourceAddress).filter((key) => key !== null);
  return [...new Set(keys)];
}

/**
 * What is kept of the file at an address, of all that is known: under its own key, else the picture of which WordPress
 * made this size. `surely`: only where nothing better could be had.
 */
export function knownAs(address: string, known: ReadonlyMap<string, KnownSource>, { surely }: { surely: boolean }): KnownAsset | null {
  const own = known.get(sourceAddress(address) ?? '')?.asset;
  if (own) return own;
  for (const candidate of candidates(address)) {
    const asset = known.get(sourceAddress(candidate) ?? '')?.asset;
    const fit = asset ? fits(address, candidate, asset.media) : 'other';
    if (asset && (fit === 'same' || (fit === 'perhaps' && !surely))) return asset;
  }
  return null;
}

/** The kept files of these addresses, by the address as given; those that are not kept are not in the map. One question for all. */
export async function findOwnMedia(run: Run, addresses: string[]): Promise<Map<string, OwnMedia>> {
  const known = await findSources(run, addresses.flatMap(keysOf));
  return new Map(addresses.flatMap((address) => {
    const asset = knownAs(address, known, { surely: false });
    return asset ? [[address, asset.media] as const] : [];
  }));
}

/** Writes down that these keys lead to a file that is kept already; nothing where it has been deleted since. */
export async function noteSame(run: Run, asset: Pick<KnownAsset, 'id'>, keys: string[]): Promise<void> {
  await run(
    `WITH asset AS (SELECT id FROM "MediaAsset" WHERE id = $1::uuid FOR KEY SHARE)
     INSERT INTO "MediaSource" (address, "assetId") SELECT key, asset.id FROM asset, unnest($2::text[]) AS key
     ON CONFLICT (address) DO UPDATE SET "assetId" = EXCLUDED."assetId", failure = NULL, "triedAt" = now()`,
    [asset.id, [...new Set(keys)].sort()],
  );
}

/** Writes down why a key leads to nothing. What is kept stays. */
export async function noteFailure(run: Run, key: string, failure: MediaFailure): Promise<void> {
  await run(
    `INSERT INTO "MediaSource" (address, failure) VALUES ($1, $2::"MediaFailure")
     ON CONFLICT (address) DO UPDATE SET failure = EXCLUDED.failure, "triedAt" = now() WHERE "MediaSource"."assetId" IS NULL`,
    [key, failure],
  );
}
