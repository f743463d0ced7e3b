import type { TransferState } from '../../db/generated/enums';
import type { ImportProgress, ImportReport } from '../schema';

// What the page “Moving” of the desk and the server say to one another. Browser-safe.

/** The page, and above the addresses that the server answers itself. */
export const MOVING_PATH = '/admin/moving';

const MIB = 1024 * 1024;
/** A file is sent in pieces no larger than this: less than what proxies let through. */
export const PIECE_MAX_BYTES = 4 * MIB;
/** The first piece: what a proxy lets through of which nothing was set. */
export const FIRST_PIECE_BYTES = MIB;
/** And no smaller than this, however slow the network. */
export const PIECE_MIN_BYTES = 64 * 1024;
export const FILE_LIMIT_GIB = 5;
/** What an uploaded file may have in all: it stands in the database until it is done with. */
export const FILE_LIMIT_BYTES = FILE_LIMIT_GIB * 1024 * MIB;
/** So long a file is kept that nothing is done with. */
export const KEPT_HOURS = 24;

/** Where a piece of a file is sent to, from this byte on. */
export const piecesPath = (id: string, at: number): string => `${MOVING_PATH}/${id}/pieces?at=${at}`;

/** What the server answers to a piece: how much of the file it has now, taken or not. */
export type Arrived = { received: number; isWhole: boolean };

/** How far a job is. It waits while another import runs. */
export type TransferProgress = ImportProgress | { step: 'waiting'; done: number; total: number };

/** An import of one's own as the desk shows it. Moments as ISO text. */
export type TransferView = {
  id: string;
  fileName: string;
  bytes: number;
  received: number;
  state: TransferState;
  withMedia: boolean;
  isStopping: boolean;
  progress: TransferProgress | null;
  report: ImportReport | null;
  /** Why it failed or ended. */
  message: string;
  /** When its file is thrown away if nothing is done with it. */
  keptUntil: string;
};

/** The page between two requests: what is there, and why the last act was refused. */
export type MovingState = { transfer: TransferView | null; message: string | null };

/** What can be done with an import by a button, which sends the word. */
export const MOVING_ACTS = ['upload', 'start', 'again', 'stop', 'discard'] as const;
export type MovingAct = (typeof MOVING_ACTS)[number];

export const isRunning = ({ state }: Pick<TransferView, 'state'>): boolean => state === 'checking' || state === 'importing';

/** The step of a job, `ready` before its first, and its share in percent; null while nothing can be said of that. */
export function stepOf(progress: TransferProgress | null): { step: TransferProgress['step'] | 'ready'; percent: number | null } {
  if (!progress) return { step: 'ready', percent: null };
  const { step, done, total } = progress;
  return { step, percent: step === 'waiting' || total <= 0 ? null : percentOf(done, total) };
}

const KINDS = ['wxr', 'disqus', 'ghost', 'blogger'] as const;

/** What kind of file was read, and of what blog, by `ImportReport.source`. */
export function kindOfSource(source: string): { kind: (typeof KINDS)[number] | 'other'; blog: string } {
  const [, word = '', blog = ''] = /^([a-z]+):(.*)$/s.exec(source) ?? [];
  return { kind: KINDS.find((kind) => kind === word) ?? 'other', blog };
}

/** Never 100 before all is there. */
export const percentOf = (done: number, total: number): number => (total <= 0 || done >= total ? 100 : Math.floor((100 * done) / total));

/** What the owner can take along, in the order of the page. The server knows how each is made. */
export const TAKEN_ALONG = [{ file: 'wordpress.xml', name: 'wordpress' }, { file: 'markdown.zip', name: 'markdown' }, { file: 'media.zip', name: 'media' }] as const;
export type TakenAlong = (typeof TAKEN_ALONG)[number]['file'];

/** A backup as the page lists it. */
export type BackupView = { name: string; at: string; bytes: number };

/** What the page says of backups; `isBeingMade`: one was asked for and is not whole yet. */
export type BackupsState = { kept: BackupView[]; isBeingMade: boolean; failure: { at: string; sentence: string } | null; message: string | null };
