import { fail, type Failure } from '../result';
import { t } from '../words/t';
import { REPORT_REASONS, type Reason, type ReportReason } from './schema';

/** A report that nobody has answered yet. `ipHash`: from where on the network. */
export type OpenReport = { reason: ReportReason; ipHash: string | null };

export type ReportedReason = Extract<Reason, { rule: 'reported' }>;

/** How many readers have reported: those behind one address count as one. */
export function countReaders(reports: readonly OpenReport[]): number {
  const networks = new Set(reports.flatMap(({ ipHash }) => ipHash ?? []));
  return networks.size + reports.filter(({ ipHash }) => ipHash === null).length;
}

/** What the open reports of a comment say together: by how many, and the weightiest of their reasons. Null without any. */
export function reasonOfReports(reports: readonly OpenReport[]): ReportedReason | null {
  const reason = REPORT_REASONS.find((one) => reports.some((report) => report.reason === one));
  return reason ? { rule: 'reported', readers: countReaders(reports), reason } : null;
}

type ReportFacts = {
  /** Of the report that has just come. */
  reason: ReportReason;
  /** How many have reported since a person decided last, this one included. */
  readers: number;
  /** Of someone who runs the blog, or the post, under their own name. */
  isByStaff: boolean;
  /** A person has looked at a report for private details before, and the comment is published. */
  wasKept: boolean;
  reportsToHold: number;
};

/**
 * Whether a report takes a comment off the page until a person has looked. Private details: at once, for they cannot be
 * unseen; but once a person has kept it, and for any other reason, so many readers must say so. Never what staff write.
 */
export function hidesComment({ reason, readers, isByStaff, wasKept, reportsToHold }: ReportFacts): boolean {
  if (isByStaff) return false;
  if (reason === 'private' && !wasKept) return true;
  return reportsToHold > 0 && readers >= reportsToHold;
}

/**
 * Why somebody may not report a comment, or null. Refusals in order: `duplicate` (also of what is hidden meanwhile),
 * `not-found`, `forbidden` for one's own.
 */
export function refusalToReport(facts: { hasReported: boolean; isVisible: boolean; isOwn: boolean }): Failure | null {
  if (facts.hasReported) return fail('duplicate', t('decisions.reporting.already'));
  if (!facts.isVisible) return fail('not-found', t('decisions.refusals.commentGone'));
  return facts.isOwn ? fail('forbidden', t('decisions.reporting.own')) : null;
}
