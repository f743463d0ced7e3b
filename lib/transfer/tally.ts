import { EXAMPLES_SHOWN, REPORT_KINDS, type BlogKind, type ImportReport, type ReportNote } from './schema';

/** Counts what an import did, and keeps the first few of everything that could not be used. */
export class Tally {
  private readonly rows = new Map(REPORT_KINDS.map((kind) => [kind, { kind, cameIn: 0, alreadyHere: 0, skipped: 0 }]));
  private readonly notes = new Map<string, ReportNote>();

  count(kind: BlogKind, column: 'cameIn' | 'alreadyHere' | 'skipped', by = 1): void {
    this.rows.get(kind)![column] += by;
  }

  /** Lists a thing under a reason; `by` more than one where it stands for many. */
  note(reason: string, line: number | null, what: string, by = 1): void {
    const note = this.notes.get(reason) ?? { reason, count: 0, examples: [] };
    note.count += by;
    if (note.examples.length < EXAMPLES_SHOWN) note.examples.push({ line, what: what.length > 120 ? `${what.slice(0, 119)}…` : what });
    this.notes.set(reason, note);
  }

  /** A tally that goes on from here, for a step that may be taken back and tried again. */
  copy(): Tally {
    const copy = new Tally();
    for (const [kind, row] of this.rows) copy.rows.set(kind, { ...row });
    for (const [reason, note] of this.notes) copy.notes.set(reason, { ...note, examples: [...note.examples] });
    return copy;
  }

  report(dryRun: boolean, source: string): ImportReport {
    return { dryRun, source, rows: [...this.rows.values()], notes: [...this.notes.values()] };
  }
}
