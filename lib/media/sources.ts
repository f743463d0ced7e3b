import type { MediaFailure } from '../db/generated/enums';
import { newId } from '../ids';
import type { OwnMedia } from '../text/own-media';
import { keptName, keptPath, typeOfMime } from './kept-types';
import { candidates, fits, sourceAddress } from './source-address';
import type { KeptFile } from './store';

/** Runs SQL and gives its rows: on a pool, in a transaction, or on the one connection of an import. */
export type Run = <Row extends object>(sql: string, values: unknown[]) => Promise<Row[]>;

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

type Told = { alt: string; name: string; /** Who brings it; an import does where nobody is named. */ uploadedById?: string };

/**
 * Writes down, in one statement, that a file is kept and these keys lead to it. The same bytes are one asset, whatever
 * they are called; a text it has stays. Idempotent.
 */
export async function noteKept(run: Run, file: KeptFile, { alt, name, uploadedById }: Told, keys: string[]): Promise<KnownAsset> {
  const { sha256, mimeType, bytes, width, height, path } = file;
  const [row] = await run<{ id: string }>(
    `WITH asset AS (
       INSERT INTO "MediaAsset" (id, sha256, "mimeType", bytes, width, height, alt, name, "uploadedById") VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $10::uuid)
       ON CONFLICT (sha256) DO UPDATE SET alt = CASE WHEN "MediaAsset".alt = '' THEN EXCLUDED.alt ELSE "MediaAsset".alt END
       RETURNING id
     ), source AS (
       INSERT INTO "MediaSource" (address, "assetId") SELECT key, asset.id FROM asset, unnest($9::text[]) AS key
       ON CONFLICT (address) DO UPDATE SET "assetId" = EXCLUDED."assetId", failure = NULL, "triedAt" = now()
     )
     SELECT id FROM asset`,
    [newId(), sha256, mimeType, bytes, width, height, alt.replaceAll('\0', ''), name, [...new Set(keys)].sort(), uploadedById ?? null],
  );
  if (!row) throw new Error('A kept file was not written down.');
  return { id: row.id, name: keptName(sha256, mimeType), bytes, media: { path, kind: typeOfMime(mimeType)?.kind ?? 'file', width, height } };
}

/** Writes down that these keys lead to a file that is kept already. */
export async function noteSame(run: Run, asset: KnownAsset, keys: string[]): Promise<void> {
  await run(
    `INSERT INTO "MediaSource" (address, "assetId") SELECT key, $1::uuid FROM unnest($2::text[]) AS key
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
