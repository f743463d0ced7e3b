import type { Tx } from '../db/client';
import { featuresOf, type SpamText } from './spam-features';
import { scoreOf, TOTALS, type Gauge, type Knowledge, type Scored, type Tally } from './spam-score';

type Row = { id: bigint; spam: number; ham: number; hold: number | null; sort: number | null };

/** What this blog has learned of these signs, by one query on the primary key. */
export async function findKnowledge(tx: Tx, ids: Iterable<number>): Promise<Knowledge> {
  const asked = [TOTALS, ...ids];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT f."id", f."spam", f."ham", g."hold", g."sort" FROM "SpamFeature" f LEFT JOIN "SpamGauge" g ON g."id" = 1 WHERE f."id" = ANY(${asked}::bigint[])`;
  // 53 bits at most: a number holds it.
  const learned: Tally = new Map(rows.map(({ id, spam, ham }) => [Number(id), { spam, ham }]));
  const [first] = rows;
  const gauge: Gauge | null = first && first.hold !== null && first.sort !== null ? { hold: first.hold, sort: first.sort } : null;
  return { learned, gauge };
}

/** How much a new comment looks like spam to this blog, and why. */
export async function findSpamScore(tx: Tx, comment: SpamText): Promise<Scored> {
  const features = featuresOf(comment);
  return scoreOf(features, await findKnowledge(tx, features.map(({ id }) => id)));
}
