import type { Client } from 'pg';
import { copyMedia, type CopyCounts, type MediaFrom } from '../media/copying';
import { findOwnMedia, type Run, type Sql } from '../media/sources';
import type { Wanted } from '../text/own-media';
import { t } from '../words/t';
import type { ImportProgress } from './schema';
import type { Tally } from './tally';

const PICTURE = "url ~* '[.](jpe?g|png|gif|webp|avif|bmp|svg)([?]|$)'";

// Every file of the old site, but those that an export of ours names and that are kept here; and whatever else its posts
// show. What two of them ask for first is asked for once.
const ALL_WANTED = `
  CREATE UNLOGGED TABLE s_to_copy AS
  SELECT row_number() OVER () AS no, kind, addresses, alt FROM (
    SELECT DISTINCT ON (addresses->>0) kind, addresses, alt FROM (
      SELECT 1 AS rank, CASE WHEN ${PICTURE} THEN 'picture' ELSE 'file' END AS kind, jsonb_build_array(url) AS addresses, alt FROM s_attachment WHERE url <> ''
        AND NOT EXISTS (SELECT FROM s_own_file o JOIN "MediaAsset" a USING (sha256) WHERE o.number = s_attachment.number)
      UNION ALL SELECT 2, kind, addresses::jsonb, alt FROM s_wanted) every
    ORDER BY addresses->>0, rank, alt DESC) wanted`;

const AT_ONCE = 500;

/** Lets the media domain ask and write on an import's own connection. */
export const runOn = (client: Client): Run => async <Row extends object>(sql: string, values: unknown[]) => (await client.query<Row>(sql, values)).rows;

const sqlOn = (client: Client): Sql => ({
  run: runOn(client),
  async together(work) {
    await client.query('BEGIN');
    try {
      const value = await work(runOn(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  },
});

async function* toCopy(client: Client): AsyncGenerator<Wanted> {
  for (let after = 0; ; after += AT_ONCE) {
    const { rows } = await client.query<Wanted>('SELECT kind, addresses, alt FROM s_to_copy WHERE no > $1 AND no <= $2 ORDER BY no', [after, after + AT_ONCE]);
    if (rows.length === 0) return;
    yield* rows;
  }
}

function count(tally: Tally, { cameIn, alreadyHere, failed }: CopyCounts): void {
  tally.count('files', 'cameIn', cameIn);
  tally.count('files', 'alreadyHere', alreadyHere);
  tally.count('files', 'skipped', failed);
}

async function countKept(client: Client, total: number, tally: Tally): Promise<void> {
  let kept = 0;
  for await (const { addresses } of toCopy(client)) if ((await findOwnMedia(runOn(client), addresses)).size > 0) kept += 1;
  tally.count('files', 'alreadyHere', kept);
  tally.count('files', 'cameIn', total - kept);
}

type Copying = { dryRun: boolean; from: MediaFrom; signal: AbortSignal | undefined; onProgress: (progress: ImportProgress) => void };

/**
 * Between the halves of pass 1: copies every picture and file of the old site, and what its posts show besides, into the
 * media store. Each stays copied, whatever becomes of the import; those that are here are not asked for again. A dry run
 * counts them and asks nobody.
 */
export async function copyStaged(client: Client, tally: Tally, { dryRun, from, signal, onProgress }: Copying): Promise<void> {
  await client.query(ALL_WANTED);
  await client.query('CREATE UNIQUE INDEX ON s_to_copy (no)');
  const total = Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM s_to_copy')).rows[0]?.n);
  if (from.skip) return tally.count('files', 'skipped', total);
  if (dryRun) return countKept(client, total, tally);
  count(tally, await copyMedia(sqlOn(client), toCopy(client), from, {
    total, ...(signal && { signal }), onProgress: (done) => onProgress({ step: 'media', done, total }),
    onFailure: (address, failure) => tally.note(t(`transfer.notCopied.${failure}`), null, address),
  }));
}
