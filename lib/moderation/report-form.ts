import { isWritten } from '../comments/schema';
import { isCommentId } from '../ids';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { REPORT_REASONS, REPORT_WORDS_MAX_CHARACTERS, type ReportReason } from './schema';

/** A report as the form sends it. `reason` is what was chosen: anything. */
export type EnteredReport = { reason: string; words: string; tellOutcome: boolean };

/** The form of a report between two requests: why it was refused, and what was chosen and typed. */
export type ReportState = { message: string | null; fields: Record<string, string>; entered: EnteredReport };

export const NO_REPORT: ReportState = { message: null, fields: {}, entered: { reason: '', words: '', tellOutcome: false } };

/** Why a reader asks that somebody looks at a comment. */
export type NewReport = { comment: string; reason: ReportReason; words: string; tellOutcome: boolean };

export type SentReport = EnteredReport & { comment: string };

/** The form as plain text: a file where text belongs counts as nothing. */
export function readReport(form: FormData): SentReport {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
  };
  return { comment: text('comment'), reason: text('reason'), words: text('words'), tellOutcome: text('tellOutcome') === 'on' };
}

function refusalOfWords(words: string): string | null {
  if (!isWritten(words)) return t('decisions.refusals.notStorable');
  return [...words].length > REPORT_WORDS_MAX_CHARACTERS ? t('decisions.reporting.wordsTooLong', { count: String(REPORT_WORDS_MAX_CHARACTERS) }) : null;
}

/** Checks a report. Refuses: `not-found` for an id that is none, `invalid` with a sentence per field. */
export function parseReport({ comment, reason: chosen, words: typed, tellOutcome }: SentReport): Result<NewReport> {
  if (!isCommentId(comment)) return fail('not-found', t('decisions.refusals.commentGone'));
  const reason = REPORT_REASONS.find((one) => one === chosen);
  const words = typed.trim();
  const wrong = refusalOfWords(words);
  const fields = { ...(!reason && { reason: t('decisions.reporting.reasonWanted') }), ...(wrong !== null && { words: wrong }) };
  if (!reason || wrong !== null) return fail('invalid', Object.values(fields).join(' '), { fields });
  return ok({ comment, reason, words, tellOutcome });
}
