import type { Client } from 'pg';
import { findOwnMedia } from '../media/sources';
import type { OwnMedia } from '../text/own-media';
import { postHtml, type PostHtml } from '../text/post-html';
import type { Attachment } from '../text/shortcodes';
import { t } from '../words/t';
import type { Copier } from './copy';
import type { ImportedSite } from './form';
import { shownPart } from './rules';
import type { ImportProgress } from './schema';
import { runOn } from './stage-media';
import { tooLong } from './rows';
import type { Tally } from './tally';
import { titleWords } from './thing-words';

export type StagedPost = { item: string; line: number | null; number: string; title: string; source: string; excerpt: string; cover: string; footnotes: string; path: string | null; is_own: boolean; own_html: string | null };

const POSTS_AT_ONCE = 4;
const GALLERY_PICTURES = 1_000;
const BLOCKS_DEEP = 6;

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

async function attachmentsOf(client: Client, number: string, texts: string[]): Promise<Map<string, Attachment>> {
  const numbers = texts.flatMap(attachmentNumbers);
  const parent = texts.some((text) => /\[gallery/.test(text)) ? number : null;
  // VideoPress names a film by the folder in which its file lies.
  const films = texts.flatMap((text) => [...text.matchAll(/\[(?:wpvideo|videopress)\s+(\w{4,20})|"guid":"(\w{4,20})"/g)].map((match) => `%/${match[1] ?? match[2]}/%`));
  if (numbers.length === 0 && films.length === 0 && parent === null) return new Map();
  const { rows } = await client.query<Attachment & { number: string }>(
    `SELECT number, url, alt, caption, COALESCE(parent_number = $2, false) AND url ~* '[.](jpe?g|png|gif|webp|avif|bmp|svg)$' AS attached
     FROM s_attachment WHERE number = ANY($1) OR parent_number = $2 OR url LIKE ANY($4) ORDER BY length(number), number LIMIT $3`,
    [numbers, parent, GALLERY_PICTURES, films],
  );
  return new Map(rows.map(({ number: own, ...attachment }) => [own, attachment]));
}

/** The reusable blocks that a text names, and those that they name. */
async function blocksOf(client: Client, source: string): Promise<Map<string, string>> {
  const blocks = new Map<string, string>();
  let texts = [source];
  for (let depth = 0; depth < BLOCKS_DEEP; depth++) {
    const wanted = texts.flatMap((text) => [...text.matchAll(/<!--\s+wp:(?:core\/)?block\s+\{[^}]{0,2000}?"ref":\s*(\d{1,18})/g)].map((match) => match[1] ?? '')).filter((number) => !blocks.has(number));
    if (wanted.length === 0) break;
    const { rows } = await client.query<{ number: string; content: string }>('SELECT number, content FROM s_block WHERE number = ANY($1)', [wanted]);
    for (const { number, content } of rows) blocks.set(number, content);
    texts = rows.map(({ content }) => content);
  }
  return blocks;
}

// New ones, and those that came before and whose text is still the file's: their pictures may have become ours since. What
// an export of ours brings back to where it is from is left as it is.
const TO_MAKE = `
  FROM s_item i LEFT JOIN "ImportKey" k ON k.source = $1 AND k.kind = 'post' AND k."externalId" = i.number LEFT JOIN "Post" p ON p.id = k."targetId"
  WHERE (k.source IS NULL OR p.source = i.source)
    AND NOT (i.is_own AND k.source IS NULL AND EXISTS (SELECT FROM "Post" p WHERE p.id = i.id AND p.kind::text = i.kind))`;

/** Reads the texts that are to be made, a few at a time, in the order of the file. */
export async function* postsToMake(client: Client, source: string, where = ''): AsyncGenerator<StagedPost[]> {
  for (let after = '0'; ;) {
    const { rows } = await client.query<StagedPost>(
      `SELECT i.item, i.line::int, i.number, i.title, i.source, i.excerpt, i.cover, i.footnotes, i.old_path AS path, i.is_own, i.own_html ${TO_MAKE} AND i.item > $2 ${where} ORDER BY i.item LIMIT ${POSTS_AT_ONCE}`,
      [source, after],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.item;
  }
}

type Made = PostHtml & { cover: string };

/** The HTML of a text, with the pictures that `media` knows, and the address of its cover. */
export async function make(client: Client, site: ImportedSite, post: StagedPost, media?: (address: string) => OwnMedia | null): Promise<Made> {
  const source = shownPart(post.own_html ?? post.source);
  const blocks = await blocksOf(client, source);
  const attachments = await attachmentsOf(client, post.number, [source, ...blocks.values()]);
  const made = postHtml(source, { attachments, blocks, footnotes: post.footnotes, address: wholeAddress(site, post), ...(media && { media }) });
  return { ...made, cover: await coverOf(client, post) };
}

/** From where relative addresses of a text start; '' where nobody knows. */
const wholeAddress = ({ address }: ImportedSite, { path }: StagedPost): string => (URL.canParse(path ?? '/', address) ? new URL(path ?? '/', address).href : '');

/** The address of the picture that stood above a text; '' for none. */
async function coverOf(client: Client, { cover }: StagedPost): Promise<string> {
  if (!/^\d+$/.test(cover)) return cover;
  const { rows } = await client.query<{ url: string }>('SELECT url FROM s_attachment WHERE number = $1 LIMIT 1', [cover]);
  return rows[0]?.url ?? '';
}

type Progress = (progress: ImportProgress) => void;

/**
 * The second half of pass 1, before pictures are copied: posts' texts become safe HTML, now that every attachment is known,
 * wherever in the file it stood, and what they would show is staged in s_wanted. A post that this blog's file brought before is
 * made again only while its text is what the file says: an edit is not touched.
 */
export async function stagePostTexts(client: Client, copier: Copier, site: ImportedSite, tally: Tally, onProgress: Progress): Promise<void> {
  const total = Number((await client.query<{ count: string }>(`SELECT count(*) ${TO_MAKE}`, [site.source])).rows[0]?.count);
  let done = 0;
  for await (const posts of postsToMake(client, site.source)) {
    for (const post of posts) {
      if (shownPart(post.own_html ?? post.source) !== (post.own_html ?? post.source)) tally.note(tooLong(), post.line, titleWords(post.title));
      const made = await make(client, site, post);
      copier.add('s_post_text', [post.item, made.html, post.is_own ? post.excerpt : post.excerpt || made.excerpt, null]);
      const cover = made.cover === '' || post.is_own ? [] : [{ kind: 'picture' as const, addresses: [made.cover], alt: '' }];
      for (const { kind, addresses, alt } of [...cover, ...made.wanted]) copier.add('s_wanted', [post.item, kind, JSON.stringify(addresses), alt]);
      for (const what of made.unusable) tally.note(t('transfer.notes.partsNotShown'), post.line, `${titleWords(post.title)}: ${what}`);
    }
    await copier.end();
    onProgress({ step: 'texts', done: (done += posts.length), total });
  }
}

const sha256Of = (media: OwnMedia): string | null => /[0-9a-f]{64}/.exec(media.path)?.[0] ?? null;

/** After pictures are copied: the texts that show some that are ours are made once more, with them; so are covers. */
export async function stageOwnPictures(client: Client, copier: Copier, site: ImportedSite): Promise<void> {
  for await (const posts of postsToMake(client, site.source, 'AND NOT i.is_own AND EXISTS (SELECT FROM s_wanted w WHERE w.item = i.item)')) {
    for (const post of posts) {
      const { rows } = await client.query<{ address: string }>('SELECT jsonb_array_elements_text(addresses::jsonb) AS address FROM s_wanted WHERE item = $1', [post.item]);
      const own = await findOwnMedia(runOn(client), rows.map(({ address }) => address));
      if (own.size === 0) continue;
      const made = await make(client, site, post, (address) => own.get(address) ?? null);
      const cover = own.get(made.cover);
      // What stands in the text already is not shown twice.
      const isAbove = cover?.kind === 'image' && !made.html.includes(cover.path);
      await client.query('DELETE FROM s_post_text WHERE item = $1', [post.item]);
      copier.add('s_post_text', [post.item, made.html, post.excerpt || made.excerpt, isAbove ? sha256Of(cover) : null]);
    }
    await copier.end();
  }
}
