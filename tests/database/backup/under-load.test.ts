import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeBackup } from '@/lib/backup/commands';
import { submitComment } from '@/lib/comments/commands';
import { db } from '@/lib/db/client';
import { decideComment } from '@/lib/moderation/commands';
import { onDatabase } from '@/server/content';
import { restoreBackup } from '@/server/restore';
import { makeComment, makePost, makeRules } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { person } from '../moderation/scene';
import { newFolder, now, placeAt } from './place';

const database = useDatabase();
const ROOT = path.resolve(import.meta.dirname, '../../..');
const BACKUPS = 4;

/** Readers write and a moderator decides, by the blog's own commands, until told to stop. */
async function writeUntil(isOver: () => boolean, slug: string, postId: string): Promise<{ sent: number; decided: number }> {
  const moderator = await person('moderator');
  const done = { sent: 0, decided: 0 };
  const write = async (who: number) => {
    for (let n = 0; !isOver(); n++) {
      const parent = n % 2 === 0 ? null : await db().comment.findFirst({ where: { postId, status: 'approved', depth: { lt: 4 } }, orderBy: { createdAt: 'desc' }, select: { publicId: true } });
      const guest = { name: `Guest ${who}`, email: `guest${who}-${n}@example.com`, website: '' };
      const sent = await submitComment({ kind: 'guest', writerHash: null }, { post: slug, parent: parent?.publicId ?? '', comment: `Words ${who} of ${n}.`, guest }, `192.0.${who}.${n % 250}`, new Date());
      if (sent.ok) done.sent += 1;
    }
  };
  const decide = async () => {
    while (!isOver()) {
      const [one] = await db().comment.findMany({ where: { status: { in: ['pending', 'approved'] } }, orderBy: { id: 'desc' }, take: 1, skip: done.decided % 5 });
      if (!one) continue;
      const result = await decideComment(moderator, { comment: one.publicId, revision: one.revision, seenStatus: one.status, decision: one.status === 'pending' ? 'approve' : 'unapprove' }, new Date());
      if (result.ok) done.decided += 1;
    }
  };
  await Promise.all([write(1), write(2), write(3), decide()]);
  return done;
}

const DISAGREEMENTS = `
  SELECT 'a post’s count' AS what, p.id::text FROM "Post" p WHERE "approvedCount" <> (SELECT count(*) FROM "Comment" c WHERE c."postId" = p.id AND c.status = 'approved' AND c.kind = 'comment')
  UNION ALL SELECT 'a comment’s replies', c.id::text FROM "Comment" c WHERE "replyCount" <> (SELECT count(*) FROM "Comment" r WHERE r."parentId" = c.id AND r.status = 'approved')
  UNION ALL SELECT 'a reply without what it answers', r.id::text FROM "Comment" r WHERE r."parentId" IS NOT NULL AND NOT EXISTS (SELECT FROM "Comment" c WHERE c.id = r."parentId" AND c."postId" = r."postId" AND c."rootId" = r."rootId")
  UNION ALL SELECT 'a comment without its event', c.id::text FROM "Comment" c WHERE c."ipHash" IS NOT NULL AND NOT EXISTS (SELECT FROM "ModerationEvent" e WHERE e."commentId" = c.id AND e.decision = 'submit')
  UNION ALL SELECT 'a status that no decision gave', c.id::text FROM "Comment" c WHERE c."ipHash" IS NOT NULL AND c.status <> (SELECT "toStatus" FROM "ModerationEvent" e WHERE e."commentId" = c.id ORDER BY "createdAt" DESC, id DESC LIMIT 1)
  UNION ALL SELECT 'a queue’s count: ' || status, '' FROM (SELECT status, sum(n) FROM (SELECT status::text, count AS n FROM "QueueCount" WHERE "postId" IS NULL UNION ALL SELECT status::text, -1 FROM "Comment") s GROUP BY status HAVING sum(n) <> 0) q`;

test('backups made while readers write and a moderator decides are each of one moment: every count agrees with its rows', async () => {
  const owner = await person('owner');
  await makeRules({ floodSeconds: 0 });
  const post = await makePost({ authorId: owner.userId, title: 'Busy', slug: 'busy', publishedAt: new Date('2026-01-01') });
  for (let n = 0; n < 50; n++) await makeComment({ postId: post.id });
  let isOver = false;
  const load = writeUntil(() => isOver, 'busy', post.id);
  const folders: string[] = [];
  for (let n = 0; n < BACKUPS; n++) {
    const folder = path.join(newFolder(), 'b');
    const made = await makeBackup(folder, placeAt(database.url), now);
    expect(made.ok).toBe(true);
    folders.push(folder);
  }
  isOver = true;
  const { sent, decided } = await load;
  expect([sent, decided].every((count) => count > 5), `${sent} sent, ${decided} decided`).toBe(true);
  const sizes: number[] = [];
  for (const folder of folders) {
    const target = placeAt(await database.blank());
    await restoreBackup(folder, target);
    expect(await onDatabase(target.url, async (client) => (await client.query(DISAGREEMENTS)).rows)).toEqual([]);
    sizes.push(await onDatabase(target.url, async (client) => Number((await client.query('SELECT count(*) FROM "Comment"')).rows[0]?.count)));
  }
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(new Set(sizes).size).toBeGreaterThan(1);
}, 180_000);

const MEMORY_LIMIT_MB = 100;
const ROWS_MB = 160;

test('memory does not grow with the blog: 160 MB of rows pass both ways within 100 more than an idle process has', async () => {
  const author = await person('author');
  // Not compressible by the column, and so stored as it is: 100 rows of 1.6 MB.
  await database.sql.query(
    `INSERT INTO "Post" (id, slug, title, source, html, "authorId") SELECT gen_random_uuid(), 'p' || n, '', (SELECT string_agg(md5(n::text || m::text), '') FROM generate_series(1, ${(ROWS_MB * 1024 * 1024) / 100 / 32}) m), '', $1 FROM generate_series(1, 100) n`,
    [author.userId],
  );
  const folder = path.join(newFolder(), 'b');
  const program = `const [{ makeBackup }, { connectForCopy }, { restoreRows }] = await Promise.all([import('./lib/backup/commands.ts'), import('./lib/backup/snapshot.ts'), import('./server/restore.ts')]);
    globalThis.gc();
    const before = process.memoryUsage().rss;
    let most = 0;
    setInterval(() => { most = Math.max(most, process.memoryUsage().rss - before); }, 20).unref();
    const made = await makeBackup(${JSON.stringify(folder)}, { url: ${JSON.stringify(database.url)}, mediaDir: '/nowhere', secretFile: null }, new Date());
    await restoreRows(${JSON.stringify(folder)}, made.value, ${JSON.stringify(await database.blank())});
    console.log('MOST ' + Math.round(most / 1024 / 1024));
    process.exit(0);`;
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', '--import', './server/preload.ts', '--input-type=module', '--eval', program], { cwd: ROOT, env: { ...process.env, NODE_ENV: 'test' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
  await once(child, 'exit');
  const most = Number(/MOST (\d+)/.exec(said)?.[1]);
  expect(most, said).toBeGreaterThan(0);
  expect(most).toBeLessThan(MEMORY_LIMIT_MB);
}, 180_000);
