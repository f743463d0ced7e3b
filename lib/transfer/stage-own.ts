import type { Client } from 'pg';
import { findOwnMedia } from '../media/sources';
import type { ImportedSite } from './form';
import { runOn } from './stage-media';
import { make, postsToMake, type StagedPost } from './stage-posts';

const KEPT_FILE = /\/media\/([0-9a-f]{64})\.[a-z0-9]+/g;

/** Whether all kept files that a text shows are kept here, too. */
async function isWhole(client: Client, html: string): Promise<boolean> {
  const shown = [...new Set([...html.matchAll(KEPT_FILE)].map((match) => match[1]))];
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM "MediaAsset" WHERE sha256 = ANY($1)', [shown]);
  return rows[0]?.n === shown.length;
}

/** The post's text once more from its source, with the pictures that are kept here; others become links. */
async function makeAnew(client: Client, site: ImportedSite, staged: StagedPost): Promise<string> {
  const post = { ...staged, own_html: null };
  const { wanted } = await make(client, site, post);
  const own = await findOwnMedia(runOn(client), wanted.flatMap(({ addresses }) => addresses));
  return (await make(client, site, post, (address) => own.get(address) ?? null)).html;
}

/**
 * After pictures are copied: a post of an export of ours has its cover again, and what it shows, if that came along; else
 * its text is made anew.
 */
export async function stageOwnTexts(client: Client, site: ImportedSite): Promise<void> {
  if (!site.own) return;
  for await (const posts of postsToMake(client, site.source, `AND i.is_own AND (i.cover <> '' OR i.own_html LIKE '%/media/%')`)) {
    for (const post of posts) {
      await client.query(
        `UPDATE s_post_text t SET cover_sha256 = o.sha256 FROM s_own_file o JOIN "MediaAsset" m USING (sha256) WHERE t.item = $1 AND o.number = $2 AND m."mimeType" LIKE 'image/%'`,
        [post.item, post.cover],
      );
      if (await isWhole(client, post.own_html ?? '')) continue;
      await client.query('UPDATE s_post_text SET html = $2 WHERE item = $1', [post.item, await makeAnew(client, site, post)]);
    }
  }
}
