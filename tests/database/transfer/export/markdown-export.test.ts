import { mkdtempSync, rmSync, createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { parse } from 'yaml';
import { expect, onTestFinished, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { writeMarkdown } from '@/lib/transfer/export/exports';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();
const now = new Date('2026-06-01T12:00:00Z');
const archive = () => writeMarkdown(database.url, now, { address: 'https://blog.example' });

async function files(): Promise<Map<string, string>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-markdown-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'blog.zip');
  await pipeline(archive(), createWriteStream(file));
  const zip = await openPromise(file);
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    found.set(entry.fileName, Buffer.concat(parts).toString('utf8'));
  }
  return found;
}

function partsOf(file: string): { facts: Record<string, unknown>; text: string } {
  const [, head = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  return { facts: parse(head) as Record<string, unknown>, text };
}

test('each post and page is a file whose front matter says what is known of it', async () => {
  const author = await makeUser({ name: 'Inés: "the lamp"', email: 'ines@blog.example' });
  await db().site.create({ data: { title: 'Lamps', timeZone: 'Pacific/Auckland' } });
  const category = await db().category.create({ data: { id: newId(), slug: 'sleep', name: '- Sleep #1' } });
  const post = await makePost({ authorId: author.id, title: '--- odd: [title] # \u0001 “x”\n', slug: 'fish', source: '<p>A <em>kind</em> word</p>', publishedAt: new Date('2026-05-12T18:00:00Z') });
  await db().postCategory.create({ data: { postId: post.id, categoryId: category.id } });
  await db().redirect.create({ data: { path: '/2016/fish', postId: post.id } });
  const about = await makePost({ authorId: author.id, kind: 'page', title: 'About', slug: 'about', publishedAt: new Date(0) });
  await makePost({ authorId: author.id, kind: 'page', title: 'Us', slug: 'us', parentId: about.id, publishedAt: new Date(0) });
  const found = await files();
  // The day is the blog's own.
  expect([...found.keys()].sort()).toEqual(['pages/about.md', 'pages/us.md', 'posts/2026-05-13-fish.md']);
  const { facts, text } = partsOf(found.get('posts/2026-05-13-fish.md')!);
  expect(facts).toMatchObject({ title: '--- odd: [title] # \u0001 “x”\n', date: '2026-05-12T18:00:00.000Z', author: 'Inés: "the lamp"', categories: ['- Sleep #1'], aliases: ['/2016/fish'], status: 'published' });
  expect(text.trim()).toBe('A *kind* word');
  expect(partsOf(found.get('pages/us.md')!).facts).toMatchObject({ title: 'Us', parent: 'about' });
});

test('what is not public lies among the drafts', async () => {
  const { id: authorId } = await makeUser();
  const hour = 60 * 60 * 1000;
  for (const status of ['draft', 'scheduled', 'unlisted', 'private', 'password', 'trash'] as const) await makePost({ authorId, status, slug: status, publishedAt: new Date(now.getTime() - hour) });
  await makePost({ authorId, slug: 'tomorrow', publishedAt: new Date(now.getTime() + hour) });
  await makePost({ authorId, kind: 'page', slug: 'draft', status: 'draft' });
  const found = await files();
  expect([...found.keys()].sort()).toEqual(['draft', 'page-draft', 'password', 'private', 'scheduled', 'tomorrow', 'trash', 'unlisted'].map((name) => `drafts/${name}.md`));
  expect(partsOf(found.get('drafts/trash.md')!).facts.status).toBe('trash');
});

test('the password of a post stands beside it, for its owner', async () => {
  await makePost({ authorId: (await makeUser()).id, slug: 'family', status: 'password', password: 'Rosengarten', publishedAt: new Date('2026-05-12T18:00:00Z') });
  await makePost({ authorId: (await makeUser()).id, slug: 'open', password: 'of before', publishedAt: new Date('2026-05-12T18:00:00Z') });
  const found = await files();
  expect(partsOf(found.get('drafts/family.md')!).facts).toMatchObject({ status: 'password', password: 'Rosengarten' });
  expect(partsOf(found.get('posts/2026-05-12-open.md')!).facts).not.toHaveProperty('password');
});

test('published comments stand beside their post, with names and what they answer, never an address; held ones are not there', async () => {
  const { id: postId } = await makePost({ authorId: (await makeUser()).id, slug: 'fish', publishedAt: new Date('2026-05-12T18:00:00Z') });
  const first = await makeComment({ postId, name: '*Ana*', source: 'Is it **warm**?', email: 'ana@secret.example', website: 'https://secret.example' });
  await makeComment({ postId, parent: first, name: 'Ben', source: 'Yes\n---' });
  await makeComment({ postId, name: 'Held', source: 'held words', status: 'pending' });
  await makeComment({ postId, name: 'Spam', source: 'spam words', status: 'spam' });
  const found = await files();
  const comments = found.get('posts/2026-05-12-fish.comments.md')!;
  expect(comments).toContain(`<a id="comment-${first.publicId}"></a>\n\n**\\*Ana\\***`);
  expect(comments).toContain('Is it **warm**?');
  expect(comments).toContain(`[in reply to](#comment-${first.publicId})`);
  expect([...found.values()].join('')).not.toMatch(/secret|held words|spam words/);
});

test('two slugs that one file name would stand for stay two files', async () => {
  const { id: authorId } = await makeUser();
  for (const slug of ['a', 'A', 'con', '../x', 'x']) await makePost({ authorId, slug, status: 'draft' });
  const names = [...(await files()).keys()];
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
  expect(names.every((name) => /^drafts\/[\w~-]+\.md$/.test(name))).toBe(true);
});

test('who stops reading ends it', async () => {
  const { id: authorId } = await makeUser();
  for (let n = 0; n < 30; n++) await makePost({ authorId, slug: `post-${n}`, source: Array.from({ length: 2_000 }, (_, index) => `word${index * n}`).join(' ') });
  const connections = async () => (await database.sql.query(`SELECT FROM pg_stat_activity WHERE application_name = 'soapbox export' AND datname = current_database()`)).rowCount;
  const stream = archive();
  await new Promise((resolve) => stream.once('readable', resolve));
  expect(await connections()).toBe(1);
  stream.destroy();
  await vi.waitFor(async () => expect(await connections()).toBe(0));
});

test('a database that goes away is an error of the archive', async () => {
  await makePost({ authorId: (await makeUser()).id });
  const stream = writeMarkdown('postgres://nobody:wrong@127.0.0.1:1/nothing', now);
  await expect((async () => { for await (const part of stream) void part; })()).rejects.toThrow(/ECONNREFUSED/);
});
