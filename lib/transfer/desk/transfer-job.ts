import { rm } from 'node:fs/promises';
import { noteFault } from '../../faults';
import { log } from '../../log';
import { fail, type Result } from '../../result';
import { t } from '../../words/t';
import { importFile } from '../commands';
import type { TransferProgress } from './moving';
import { NoRoom, NotWhole, writeFileOf } from './pieces';
import type { ImportReport } from '../schema';
import { isImportRunning } from '../staging';
import { beat, giveBack, holdTurn, settle, takeTurn, type Turn } from './turns';

const BEAT_MS = 1_000;
/** A file that ends every process that takes it up must not be taken up for ever. */
const TURNS_MAX = 5;
const WAITING_MS = 15_000;

const WAITING: TransferProgress = { step: 'waiting', done: 0, total: 0 };
const cutShort = () => t('transfer.failures.cutShort');
const notWhole = () => t('transfer.failures.notWhole');
const unforeseen = () => t('transfer.failures.unforeseen');
const noRoom = () => t('transfer.failures.noRoom');

/** Where a job works: the PostgreSQL itself, not a pooler, and a folder of this machine for the file. */
export type Workplace = { url: string; folder: string };

/**
 * Looks an uploaded file through, or imports it, as its owner asked; for the job `transfer`, which may be sent more than
 * once: one process at a time works on it. Says every second that it does, and how far it is; ends within seconds when its
 * owner cancels it. Aborted by `signal`, when its process is to stop, it leaves the rest to the next process.
 */
export async function runTransfer(id: string, place: Workplace, signal: AbortSignal): Promise<void> {
  const turn = await takeTurn(id, new Date());
  if (!turn) return;
  if (!turn.isAllowed) return settle(turn, { state: 'cancelled' });
  if (turn.tries > TURNS_MAX) return settle(turn, { state: 'failed', message: cutShort() });
  if (await isImportRunning(place.url)) return giveBack(turn, WAITING, new Date(Date.now() + WAITING_MS));
  const work = new Beating(turn);
  const result = await attempt(turn, place, AbortSignal.any([signal, work.signal]), work).finally(() => work.end());
  await conclude(turn, result, { isStopped: work.signal.aborted, isProcessEnding: signal.aborted });
}

/** Says every second that the turn goes on, and hears whether it is to end. */
class Beating {
  private readonly stopping = new AbortController();
  readonly signal = this.stopping.signal;
  private progress: TransferProgress | null = null;
  private isAsking = false;
  private readonly timer = setInterval(() => void this.tell(), BEAT_MS);

  constructor(private readonly turn: Turn) {}

  readonly note = (progress: TransferProgress): void => { this.progress = progress; };

  end(): void {
    clearInterval(this.timer);
  }

  private async tell(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    // While the database is away nothing is heard; the import ends by itself then.
    const heard = await beat(this.turn, this.progress).catch(() => 'go-on' as const);
    this.isAsking = false;
    if (heard !== 'go-on') this.stopping.abort(new Error('It is to end.'));
  }
}

async function attempt(turn: Turn, { url, folder }: Workplace, signal: AbortSignal, work: Beating): Promise<Result<ImportReport>> {
  let file: string | undefined;
  try {
    file = await writeFileOf(turn.id, turn.bytes, folder, signal);
    return await importFile(file, { url, dryRun: turn.state === 'checking', media: { skip: !turn.withMedia }, signal, onProgress: work.note, mayCommit: (run) => holdTurn(turn, run) }, new Date());
  } catch (error) {
    if (signal.aborted) return fail('conflict', '');
    if (error instanceof NotWhole) return fail('invalid', notWhole());
    if (error instanceof NoRoom || (error as NodeJS.ErrnoException).code === 'ENOSPC') return fail('unavailable', noRoom());
    log.error({ err: error, transfer: turn.id }, 'An import failed.');
    noteFault('An import at the desk failed in a way that was not foreseen.', '/admin/moving');
    return fail('unavailable', unforeseen());
  } finally {
    if (file !== undefined) await rm(file, { force: true });
  }
}

type Ended = { /** Its owner said so, or somebody else has its turn. */ isStopped: boolean; isProcessEnding: boolean };

function conclude(turn: Turn, result: Result<ImportReport>, { isStopped, isProcessEnding }: Ended): Promise<void> {
  // Once all is in, nothing takes it back.
  if (result.ok) return settle(turn, { state: turn.state === 'checking' ? 'checked' : 'done', report: result.value });
  if (isStopped) return settle(turn, { state: 'cancelled' });
  if (isProcessEnding) return giveBack(turn, null);
  // Another one was faster to the lock.
  if (result.code === 'conflict') return giveBack(turn, WAITING, new Date(Date.now() + WAITING_MS));
  return settle(turn, { state: 'failed', message: result.message });
}
