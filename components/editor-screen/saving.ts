import type { Failure } from '@/lib/result';
import { t } from '@/lib/words/t';

/** Quiet for so long, what was changed is saved; under steady typing at the latest after the second. */
export const AUTOSAVE_QUIET_MS = 3_000;
export const AUTOSAVE_LATEST_MS = 10_000;
/** How long it waits after one, two, three… failures in a row before it tries again. */
export const AGAIN_MS = [2_000, 4_000, 8_000, 15_000, 30_000] as const;
/** Whoever is signed out signs in elsewhere: so often it is seen whether they have. */
export const SIGNED_OUT_AGAIN_MS = 10_000;

/** Why the blog does not have what was typed. */
export type Trouble =
  /** No answer, or the blog is away: it is tried again by itself. */
  | { kind: 'offline' }
  | { kind: 'signed-out' }
  /** Until something is changed. */
  | { kind: 'refused'; message: string; at: number }
  /** The post is there no more, or somebody else has saved meanwhile: until the person has chosen. */
  | { kind: 'gone'; message: string }
  /** `seen`: by which the person's text can be put over what is there now; undefined: it cannot. */
  | { kind: 'conflict'; message: string; seen: string | undefined };

/** How far what is typed has come. Changes are numbered from 1; a moment is in milliseconds. */
export type Saving = {
  /** The last change. */
  typed: number;
  typedAt: number;
  /** When the first change was made that the blog does not have. */
  unsavedSince: number;
  /** The change up to which the blog has everything. */
  saved: number;
  /** When that was, as the blog says it; empty: not since the page was opened. */
  savedAt: string;
  /** The change up to which this browser has everything. */
  kept: number;
  /** Whether this browser keeps anything at all. */
  canKeep: boolean;
  /** The change that is under way. */
  sending: number | null;
  trouble: Trouble | null;
  failures: number;
  failedAt: number;
};

export type SavingEvent =
  | { is: 'typed'; at: number }
  | { is: 'sending'; change: number }
  | { is: 'saved'; change: number; savedAt: string }
  | { is: 'failed'; trouble: Trouble; at: number }
  | { is: 'kept'; change: number }
  | { is: 'cannot-keep' }
  /** What hindered is settled: by the person, or the network is back. */
  | { is: 'settled' };

/** Nothing is changed yet. */
export const NOTHING_TYPED: Saving = { typed: 0, typedAt: 0, unsavedSince: 0, saved: 0, savedAt: '', kept: 0, canKeep: true, sending: null, trouble: null, failures: 0, failedAt: 0 };

/** How far it has come after an event. Pure. */
export function savingAfter(before: Saving, event: SavingEvent): Saving {
  switch (event.is) {
    case 'typed':
      return { ...before, typed: before.typed + 1, typedAt: event.at, unsavedSince: isUnsaved(before) ? before.unsavedSince : event.at };
    case 'sending':
      return { ...before, sending: event.change };
    case 'saved': {
      const saved = Math.max(before.saved, event.change);
      const next = { ...before, saved, savedAt: event.savedAt, sending: null, trouble: null, failures: 0 };
      return { ...next, unsavedSince: isUnsaved(next) ? before.typedAt : 0 };
    }
    case 'failed':
      return { ...before, sending: null, trouble: event.trouble, failures: before.failures + 1, failedAt: event.at };
    case 'kept':
      return { ...before, kept: Math.max(before.kept, event.change) };
    case 'cannot-keep':
      return { ...before, canKeep: false };
    case 'settled':
      return { ...before, trouble: null, failures: 0 };
  }
}

/** Whether the blog lacks something that was typed. */
export const isUnsaved = ({ typed, saved }: Saving): boolean => typed > saved;

/** Whether something typed is neither at the blog nor in this browser: it would be gone with the page. */
export const isNowhere = ({ typed, saved, kept }: Saving): boolean => typed > Math.max(saved, kept);

/** When to save next by itself; null while that is of no use or not needed. */
export function saveDueAt(saving: Saving): number | null {
  const { trouble, typed, typedAt, unsavedSince, failures, failedAt } = saving;
  if (saving.sending !== null || !isUnsaved(saving)) return null;
  switch (trouble?.kind) {
    case undefined: break;
    case 'offline': return failedAt + (AGAIN_MS[Math.min(failures, AGAIN_MS.length) - 1] ?? 0);
    case 'signed-out': return failedAt + SIGNED_OUT_AGAIN_MS;
    case 'refused': if (typed > trouble.at) break; return null;
    default: return null;
  }
  return Math.min(typedAt + AUTOSAVE_QUIET_MS, unsavedSince + AUTOSAVE_LATEST_MS);
}

/** What hinders, after the blog has refused change `at`. */
export function troubleOf({ code, message, fields }: Failure, at: number): Trouble {
  switch (code) {
    case 'not-signed-in': return { kind: 'signed-out' };
    case 'unavailable': case 'too-many': return { kind: 'offline' };
    case 'conflict': case 'duplicate': return { kind: 'conflict', message, seen: fields?.seen };
    case 'not-found': case 'forbidden': return { kind: 'gone', message };
    default: return { kind: 'refused', message, at };
  }
}

/** The one line that says where what was typed is; empty while there is nothing to say. */
export function lineOf(saving: Saving): string {
  const { trouble, sending } = saving;
  switch (trouble?.kind) {
    case 'offline': return isNowhere(saving) ? t('editor.saving.offline') : t('editor.saving.offlineKept');
    case 'signed-out': return t('editor.saving.signedOut');
    case 'conflict': return t('editor.saving.conflict');
    case 'gone': return t('editor.saving.gone');
    case 'refused': if (sending === null) return t('editor.saving.refused', { reason: trouble.message }); break;
    case undefined: break;
  }
  if (sending !== null) return t('editor.saving.saving');
  return isUnsaved(saving) || saving.savedAt === '' ? '' : t('editor.saving.saved');
}
