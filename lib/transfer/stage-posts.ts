import type { Client } from 'pg';
import { postHtml } from '../text/post-html';
import type { Attachment } from '../text/shortcodes';
import type { Copier } from './copy';
import { shownPart } from './rules';
import type { ImportProgress } from './schema';
import { TOO_LONG } from './rows';
import type { Tally } from './tally';

type StagedPost = { item: string; line: number; number: string; title: string; source: string; excerpt: string; is_own: boolean; own_html: string | null };

const POSTS_AT_ONCE = 4;
const GALLERY_PICTURES = 1_000;

/** The numbers of attachments that a WordPress text speaks of: picture classes, caption ids, gallery lists, block attributes. */
function attachmentNumbers(source: string): string[] {
  const numbers = new Set<string>();
  for (const match of source.matchAll(/wp-image-(\d+)|attachment_(\d+)|data-id=["'](\d+)|"(?:id|mediaId)":\s*(\d+)/g)) numbers.add(match.slice(1).find(Boolean) ?? '');
  for (const match of source.matchAll(/(?:ids|include)=["']([\d,\s]+)["']|"ids":\[([\d,\s]+)\]/g)) {
    for (const number of (match[1] ?? match[2] ?? '').split(',')) numbers.add(number.trim());
  }
  numbers.delete('');
  return [...numbers];
}

async function attachmentsOf(client: Client, post: StagedPost): Promise<Map<string, Attachment>> {
  const numbers = attachmentNumbers(post.source);
  const parent = /\[gallery/.test(post.source) ? post.number : null;
  if (numbers.length === 0 && parent === null) return new Map();
  const { rows } = await client.query<Attachment & { number: string }>(
    `SELECT number, url, alt, caption, COALESCE(parent_number = $2, false) AND url ~* '[.](jpe?g|png|gif|webp|avif|bmp|svg)$' AS attached
     FROM s_attachment WHERE number = ANY($1) OR parent_number = $2 ORDER BY length(number), number LIMIT $3`,
    [numbers, parent, GALLERY_PICTURES],
  );
  return new Map(rows.map(({ number, ...attachment }) => [number, attachment]));
}

/**
 * The second half of pass 1: the texts of new posts and pages become safe HTML, now that every attachment is known,
 * wherever in the file it stood. Posts that `source` brought before are left out: their texts are not touched again.
 */
export async function stagePostTexts(client: Client, copier: Copier, source: string, tally: Tally, onProgress: (progress: ImportProgress) => void): Promise<void> {
  const isNew = `NOT EXISTS (SELECT FROM "ImportKey" k WHERE k.source = $1 AND k.kind = 'post' AND k."externalId" = i.number)
    AND NOT (i.is_own AND EXISTS (SELECT FROM "Post" p WHERE p.id = i.id AND p.kind::text = i.kind))`;
  const total = Number((await client.query<{ count: string }>(`SELECT count(*) FROM s_item i WHERE ${isNew}`, [source])).rows[0]?.count);
  let after = '0';
  for (let done = 0; done < total; ) {
    const { rows } = await client.query<StagedPost>(
      `SELECT item, line::int, number, title, source, excerpt, is_own, own_html FROM s_item i WHERE item > $2 AND ${isNew} ORDER BY item LIMIT ${POSTS_AT_ONCE}`,
      [source, after],
    );
    if (rows.length === 0) return;
    for (const post of rows) {
      const shown = shownPart(post.own_html ?? post.source);
      if (shown !== (post.own_html ?? post.source)) tally.note(TOO_LONG, post.line, `“${post.title}”`);
      const made = postHtml(shown, { attachments: await attachmentsOf(client, post) });
      copier.add('s_post_text', [post.item, made.html, post.is_own ? post.excerpt : post.excerpt || made.excerpt]);
      for (const what of made.unusable) tally.note('Parts of posts that cannot be shown as they were', post.line, `“${post.title}”: ${what}`);
      after = post.item;
    }
    await copier.end();
    onProgress({ step: 'texts', done: (done += rows.length), total });
  }
}
