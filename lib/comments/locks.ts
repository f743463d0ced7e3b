import type { Tx } from '../db/client';

/** Holds these comments until the transaction ends, their posts first and each in order, as everywhere: or two acts could wait for one another. */
export async function holdComments(tx: Tx, posts: string[], comments: string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Post" WHERE id = ANY(${posts}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE id = ANY(${comments}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}
