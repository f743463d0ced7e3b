import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export type CommentSpec = { id: number; parent?: number; approved?: string; type?: string; text?: string; author?: string };
export type ItemSpec = { id: number; title?: string; slug?: string; type?: string; status?: string; creator?: string; link?: string; text?: string; parent?: number; comments?: CommentSpec[]; more?: string };

/** A fixture of this folder, by its absolute path. */
export const fixture = (name: string): string => path.join(import.meta.dirname, name);

const comment = ({ id, parent = 0, approved = '1', type = '', text = `Words of ${id}`, author = `Reader ${id}` }: CommentSpec) =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author><![CDATA[${author}]]></wp:comment_author><wp:comment_date_gmt>2020-01-02 03:04:05</wp:comment_date_gmt>` +
  `<wp:comment_content><![CDATA[${text}]]></wp:comment_content><wp:comment_approved>${approved}</wp:comment_approved><wp:comment_type>${type}</wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;

const item = (spec: ItemSpec) =>
  `<item><title><![CDATA[${spec.title ?? `Post ${spec.id}`}]]></title><link>${spec.link ?? `https://made.example/?p=${spec.id}`}</link><dc:creator>${spec.creator ?? 'maker'}</dc:creator>` +
  `<content:encoded><![CDATA[${spec.text ?? `Text ${spec.id}`}]]></content:encoded><wp:post_id>${spec.id}</wp:post_id><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt>` +
  `<wp:post_name>${spec.slug ?? `post-${spec.id}`}</wp:post_name><wp:status>${spec.status ?? 'publish'}</wp:status><wp:post_parent>${spec.parent ?? 0}</wp:post_parent><wp:post_type>${spec.type ?? 'post'}</wp:post_type>` +
  `${spec.more ?? ''}\n${(spec.comments ?? []).map(comment).join('\n')}</item>`;

/** A WXR 1.2 export with these items, `head` standing before them; one line for each item and comment. */
export function exportOf(items: ItemSpec[], head = ''): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">',
    '<channel><title>Made</title><link>https://made.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://made.example</wp:base_blog_url>',
    head,
    ...items.map(item),
    '</channel></rss>',
  ].join('\n');
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Writes `content` to a file of its own in the system's temporary folder, removed after the test file, and gives its path. */
export function writeExport(content: string | Uint8Array): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wxr-'));
  folders.push(folder);
  const file = path.join(folder, 'export.xml');
  writeFileSync(file, content);
  return file;
}
