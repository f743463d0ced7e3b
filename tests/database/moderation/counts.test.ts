import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { decideComment } from '@/lib/moderation/commands';
import { foldCounts } from '@/lib/moderation/counts';
import { countPending, countQueues } from '@/lib/moderation/queries';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { now, person } from './scene';

const database = useDatabase();

/** The counts of the queues by counting every comment. */
async function counted(viewer: Person) {
  const where = viewer.role === 'author' ? { post: { authorId: viewer.userId } } : {};
  const of = async (status: 'pending' | 'approved' | 'spam' | 'trash') => db().comment.count({ where: { ...where, status } });
  const [pending, approved, spam, trash] = [await of('pending'), await of('approved'), await of('spam'), await of('trash')];
  return { pending, approved, spam, trash, all: pending + approved };
}

async function scene() {
  const [owner, author] = [await person('owner'), await person('author')];
  const [own, other] = [await makePost({ authorId: author.userId }), await makePost({ authorId: owner.userId })];
  for (const postId of [own.id, own.id, other.id]) await makeComment({ postId, status: 'pending' });
  await makeComment({ postId: own.id, status: 'spam' });
  await makeComment({ postId: other.id });
  return { owner, author, own, other };
}

async function expectRight(...viewers: Person[]) {
  for (const viewer of viewers) expect(await countQueues(viewer)).toEqual(await counted(viewer));
}

const rows = async () => (await database.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM "QueueCount"`)).rows[0]?.n;

test('moderators count all comments, authors those under own posts', async () => {
  const { owner, author } = await scene();
  expect(await countQueues(owner)).toEqual({ pending: 3, approved: 1, spam: 1, trash: 0, all: 4 });
  expect(await countQueues(author)).toEqual({ pending: 2, approved: 0, spam: 1, trash: 0, all: 2 });
  expect(await countQueues(await person('moderator'))).toEqual(await countQueues(owner));
  expect(await countPending(author)).toBe(2);
});

test('the counts stay right through many inserts in one statement, changes of many, and the deletion of a post, folded or not', async () => {
  const { owner, author, own, other } = await scene();
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash")
     SELECT k, lpad(to_hex(n), 12, '0'), CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, k, 1, 'N', 's', 'h', (ARRAY['pending', 'approved', 'spam', 'trash']::"CommentStatus"[])[n % 4 + 1], ''
     FROM generate_series(1, 500) n, LATERAL (SELECT md5(n::text)::uuid AS k) g`, [own.id, other.id]);
  await expectRight(owner, author);
  await foldCounts();
  await expectRight(owner, author);
  await database.sql.query(`UPDATE "Comment" SET status = 'spam' WHERE status IN ('pending', 'trash')`);
  await database.sql.query(`UPDATE "Comment" SET name = 'M'`);
  await expectRight(owner, author);
  expect((await countQueues(owner)).pending).toBe(0);
  await database.sql.query(`UPDATE "Comment" SET status = 'pending' WHERE status = 'approved' AND "postId" = $1`, [other.id]);
  await database.sql.query(`DELETE FROM "Post" WHERE id = $1`, [own.id]);
  await expectRight(owner, author);
  await foldCounts();
  await expectRight(owner, author);
  expect(await countQueues(author)).toEqual({ pending: 0, approved: 0, spam: 0, trash: 0, all: 0 });
});

test('folding leaves one row for each post and status, and none for nothing', async () => {
  const { owner } = await scene();
  for (let round = 0; round < 20; round += 1) {
    const comment = await db().comment.findFirstOrThrow({ where: { status: 'pending' } });
    await database.sql.query(`UPDATE "Comment" SET status = 'trash' WHERE id = $1`, [comment.id]);
    await database.sql.query(`UPDATE "Comment" SET status = 'pending' WHERE id = $1`, [comment.id]);
  }
  expect(await rows()).toBeGreaterThan(40);
  await foldCounts();
  // Pending, spam and approved of two posts as they are, and of all of them.
  expect(await rows()).toBe(7);
  await foldCounts();
  expect(await rows()).toBe(7);
  await expectRight(owner);
});

test('decisions and several folders at once leave the counts right, and nobody who reads meanwhile sees a wrong sum', async () => {
  const { owner, author, own } = await scene();
  const waiting = [];
  for (let at = 0; at < 30; at += 1) waiting.push(await makeComment({ postId: own.id, status: 'pending' }));
  let isDone = false;
  const totals = new Set<number>();
  const reader = (async () => {
    while (!isDone) {
      const { pending, approved, spam, trash } = await countQueues(author);
      totals.add(pending + approved + spam + trash);
    }
  })();
  const folder = async () => {
    while (!isDone) await foldCounts();
  };
  const folders = [folder(), folder()];
  const decided = await Promise.all(waiting.map(({ publicId, revision }, at) => decideComment(owner, { comment: publicId, revision, seenStatus: 'pending', decision: at % 2 ? 'approve' : 'spam' }, now)));
  isDone = true;
  await Promise.all([reader, ...folders]);
  expect(decided.every(({ ok }) => ok)).toBe(true);
  // Thirty-three comments under own posts, wherever they are.
  expect([...totals]).toEqual([33]);
  await expectRight(owner, author);
  await foldCounts();
  await expectRight(owner, author);
});
