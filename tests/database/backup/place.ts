import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import type { BackupSource } from '@/lib/backup/commands';
import { listSequences, listTables } from '@/lib/backup/tables';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { makeComment, makePost, makeUser } from '@/prisma/makers';

export const now = new Date('2026-11-26T03:00:00Z');

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder, removed after the file. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-backups-'));
  made.push(folder);
  return folder;
}

/** A blog's place: this database, and a folder for what stands beside it. */
export function placeAt(url: string, dataDir = newFolder()): BackupSource & { dataDir: string } {
  return { url, dataDir, mediaDir: path.join(dataDir, 'media'), secretFile: path.join(dataDir, 'auth-secret') };
}

/** Keeps a file in a place's store, as an import does. */
export async function keepFile(mediaDir: string, bytes: Buffer = randomBytes(2_000)): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(mediaDir, sha256.slice(0, 2), `${sha256}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  await db().mediaAsset.create({ data: { id: newId(), sha256, mimeType: 'image/png', bytes: bytes.length } });
  return file;
}

export const AWKWARD = 'tab\there, line\nbreak, \\N and \\. and \\\\ and “ü” 🎈 and \u2028 and an end \\';

/** A blog with something of every kind: awkward text, threads, lists, bytes, JSON, fractions, sums, files. */
export async function fill({ mediaDir, secretFile }: BackupSource): Promise<{ slug: string; files: string[] }> {
  const author = await makeUser({ role: 'owner', name: AWKWARD.slice(0, 200) });
  const post = await makePost({ authorId: author.id, title: AWKWARD, slug: 'a-post', source: `<p>${AWKWARD}</p>` });
  await makePost({ authorId: author.id, title: '', slug: 'a-page', kind: 'page', parentId: post.id });
  const first = await makeComment({ postId: post.id, source: AWKWARD, status: 'approved', ipHash: 'a'.repeat(64) });
  const reply = await makeComment({ postId: post.id, parent: first });
  await makeComment({ postId: post.id, parent: reply, status: 'pending', rewordsId: first.id });
  await db().moderationEvent.create({ data: { id: newId(), commentId: first.id, decision: 'approve', toStatus: 'approved', reasons: [{ rule: 'links', count: 3 }] } });
  await db().picture.create({ data: { userId: author.id, sha256: 'b'.repeat(64), mimeType: 'image/webp', bytes: randomBytes(500), source: 'x' } });
  await db().spamGauge.create({ data: { hold: 0.1 + 0.2, sort: 0.7 + 1e-15, lessons: 3 } });
  await db().spamLesson.create({ data: { commentId: first.id, features: [9_007_199_254_740_993n, -1n] } });
  await db().screeningRules.create({ data: { heldWords: ['one, two', '"quoted"', AWKWARD, ''] } });
  await db().mail.create({ data: { id: newId(), to: 'ida@example.com', subject: 'Old news', text: AWKWARD, html: '' } });
  writeFileSync(secretFile ?? '', 'the secret of this blog, which nobody knows', { mode: 0o600 });
  return { slug: post.slug, files: [await keepFile(mediaDir), await keepFile(mediaDir)] };
}

/** Every table, row for row, and where the sequences stand. */
export async function contentsOf(url: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const contents: Record<string, unknown> = { sequences: await listSequences(client) };
    for (const { name } of await listTables(client)) contents[name] = (await client.query<{ row: string }>(`SELECT t::text AS row FROM public."${name}" t ORDER BY 1`)).rows.map(({ row }) => row);
    return contents;
  } finally {
    await client.end();
  }
}

/** Every file below a folder with its bytes, by path. */
export function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map((entry) => path.join(entry.parentPath, entry.name)).sort().map((file) => [path.relative(folder, file), readFileSync(file).toString('base64')]));
}
