import { Prisma } from '../db/generated/client';
import { db } from '../db/client';

/** How many bytes of HTML each of these texts of a post has, by id. Reads only their lengths. For texts that the asker may see. */
export async function findRevisionSizes(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<{ id: string; bytes: number }[]>`SELECT id, octet_length(html) AS bytes FROM "PostRevision" WHERE id IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}
