import { db } from '../../db/client';
import { removeLeftUnpacked } from '../unpack-folders';
import { KEPT_HOURS } from './moving';
import { removeLeftFiles } from './pieces';
import type { Workplace } from './transfer-job';
import { forgetPiecesOfDone, sendForSilent } from './turns';

/** What came in is shown for so long. */
const DONE_DAYS = 30;

/**
 * Takes up what a killed process had in hand, and throws away what nobody has done anything with for KEPT_HOURS, with the
 * files that killed processes left in the folder. Idempotent; for the job `tidy-transfers`, every minute.
 */
export async function tidyTransfers({ url, folder }: Workplace): Promise<void> {
  await sendForSilent();
  await db().$executeRaw`
    DELETE FROM "Transfer" WHERE state IN ('uploading', 'checked', 'failed', 'cancelled')
      AND ("actorId" IS NULL OR greatest("createdAt", "beatAt", "finishedAt") < clock_timestamp() - make_interval(hours => ${KEPT_HOURS}::int))`;
  await db().$executeRaw`DELETE FROM "Transfer" WHERE state = 'done' AND "finishedAt" < clock_timestamp() - make_interval(days => ${DONE_DAYS}::int)`;
  await forgetPiecesOfDone();
  await removeLeftFiles(folder);
  await removeLeftUnpacked(url, folder);
}
