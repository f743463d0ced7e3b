import { db } from '../../db/client';
import { hasDesk, isOwner } from '../../identity/rules';
import type { Actor, Person } from '../../identity/schema';
import { z } from '../../zod';
import { KEPT_HOURS, type TransferProgress, type TransferView } from './moving';
import { REPORT_KINDS, type ImportReport } from '../schema';

const HOUR_MS = 60 * 60 * 1000;

/** Whether the actor may bring a blog here and take it along: everything of it, secrets too. */
export const mayMove = (actor: Actor): actor is Person => hasDesk(actor) && isOwner(actor);

/** What is shown of an import. */
export const transferColumns = {
  id: true, fileName: true, bytes: true, received: true, state: true, withMedia: true, isStopping: true, progress: true, report: true, message: true, beatAt: true, createdAt: true, finishedAt: true,
} as const;

type Row = Pick<TransferView, 'id' | 'fileName' | 'state' | 'withMedia' | 'isStopping' | 'message'> & {
  bytes: bigint; received: bigint; progress: unknown; report: unknown; beatAt: Date | null; createdAt: Date; finishedAt: Date | null;
};

// Written by this blog, perhaps by an older version of it: what is not understood any more is not shown.
const progressSchema: z.ZodType<TransferProgress | null> = z
  .object({ step: z.enum(['waiting', 'reading', 'media', 'texts', 'sorting', 'moving']), done: z.number(), total: z.number() })
  .nullable().catch(null);
const example = z.object({ line: z.number().nullable(), what: z.string() });
const reportSchema: z.ZodType<ImportReport | null> = z
  .object({
    dryRun: z.boolean(), source: z.string(),
    rows: z.array(z.object({ kind: z.enum(REPORT_KINDS), cameIn: z.number(), alreadyHere: z.number(), skipped: z.number() })),
    notes: z.array(z.object({ reason: z.string(), count: z.number(), examples: z.array(example) })),
  })
  .nullable().catch(null);

/** An import as the desk shows it. */
export function transferView({ bytes, received, progress, report, beatAt, createdAt, finishedAt, ...same }: Row): TransferView {
  const touched = Math.max(...[beatAt, createdAt, finishedAt].map((at) => at?.getTime() ?? 0));
  return {
    ...same, bytes: Number(bytes), received: Number(received), progress: progressSchema.parse(progress), report: reportSchema.parse(report),
    keptUntil: new Date(touched + KEPT_HOURS * HOUR_MS).toISOString(),
  };
}

/** The viewer's own import, the latest; null where there is none, and for who is no owner. */
export async function findOwnTransfer(viewer: Actor): Promise<TransferView | null> {
  if (!mayMove(viewer)) return null;
  const row = await db().transfer.findFirst({ where: { actorId: viewer.userId }, orderBy: { createdAt: 'desc' }, select: transferColumns });
  return row && transferView(row);
}
