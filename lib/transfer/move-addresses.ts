import type { Client } from 'pg';
import { findOwnMedia } from '../media/sources';
import type { ImportedSite } from './form';
import { runOn } from './stage-media';

const FILES_AT_ONCE = 500;
const HOSTS_MAX = 5;

// By which the files of the old blog are found when they are asked for here (lib/posts/old-files.ts).
const HOSTS = `
  INSERT INTO "ImportKey" (source, kind, "externalId") SELECT $1, 'host', host FROM (
    SELECT host FROM (SELECT lower(substring(url FROM '^https?://([^/?#@]+)')) AS host FROM s_attachment) a
    WHERE host IS NOT NULL AND length(host) < 256 GROUP BY host ORDER BY count(*) DESC, host LIMIT ${HOSTS_MAX}) of_files
  UNION SELECT $1, 'host', $2 WHERE $2 <> '' ON CONFLICT DO NOTHING`;

// The page of a picture leads to the post it was uploaded to, now or by an earlier import.
const OF_POSTS = `
  INSERT INTO "Redirect" (path, "postId")
  SELECT DISTINCT ON (x.path) x.path, p.id FROM s_attachment a
  JOIN "ImportKey" k ON k.source = $1 AND k.kind = 'post' AND k."externalId" = a.parent_number JOIN "Post" p ON p.id = k."targetId"
  CROSS JOIN LATERAL (VALUES (a.page_path), (CASE WHEN a.number <> '' THEN '/?attachment_id=' || a.number END)) x (path)
  WHERE x.path IS NOT NULL ORDER BY x.path, p.id
  ON CONFLICT DO NOTHING`;

const LOOSE = `
  SELECT number, url, page_path FROM s_attachment a
  WHERE NOT EXISTS (SELECT FROM "ImportKey" k WHERE k.source = $1 AND k.kind = 'post' AND k."externalId" = a.parent_number)
  ORDER BY number, url LIMIT ${FILES_AT_ONCE} OFFSET $2`;

type Loose = { number: string; url: string; page_path: string | null };

/** The page of a file that belongs to no post leads to the file itself, where it is kept. */
async function keepLooseFiles(client: Client, source: string): Promise<void> {
  for (let from = 0; ; from += FILES_AT_ONCE) {
    const { rows } = await client.query<Loose>(LOOSE, [source, from]);
    const kept = await findOwnMedia(runOn(client), rows.map(({ url }) => url));
    const pairs = rows.flatMap(({ number, url, page_path: page }) => {
      const place = kept.get(url)?.path;
      const paths = [page, number === '' ? null : `/?attachment_id=${number}`].filter((path) => path !== null);
      return place === undefined ? [] : paths.map((path) => [path, place] as const);
    });
    await client.query('INSERT INTO "Redirect" (path, "to") SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING', [pairs.map(([path]) => path), pairs.map(([, to]) => to)]);
    if (rows.length < FILES_AT_ONCE) return;
  }
}

/** Keeps where the addresses of the old blog's pictures and files lead. The last part of pass 2, inside its transaction: posts and their keys are there. */
export async function moveFileAddresses(client: Client, { source, address, own }: ImportedSite): Promise<void> {
  // Its files have the same addresses here, and pages of their own they never had.
  if (own) return;
  await client.query(HOSTS, [source, URL.canParse(address) ? new URL(address).host : '']);
  await client.query(OF_POSTS, [source]);
  await keepLooseFiles(client, source);
}
