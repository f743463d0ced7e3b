/** The longest single text (one element's content) that is read, in characters: none longer was ever written by hand. */
export const MAX_TEXT_CHARACTERS = 16_000_000;

/** What the table of an import has a line for, in this order. */
export const REPORT_KINDS = ['authors', 'categories', 'tags', 'posts', 'pages', 'comments', 'mentions', 'files', 'oldAddresses'] as const;
export type BlogKind = (typeof REPORT_KINDS)[number];
/** A list of subscribers has this line alone. */
export type ReportKind = BlogKind | 'subscribers';

export type ReportRow = { kind: ReportKind; cameIn: number; alreadyHere: number; skipped: number };
export type ReportExample = { line: number | null; what: string };
/** Things that could not be used, or not as they stand: at most EXAMPLES_SHOWN of them by name, and how many in all. */
export type ReportNote = { reason: string; count: number; examples: ReportExample[] };
export const EXAMPLES_SHOWN = 20;

export type ImportReport = { dryRun: boolean; source: string; rows: ReportRow[]; notes: ReportNote[] };

/** How far an import is: bytes of the file read, pictures and files copied, then what the database does. */
export type ImportProgress = { step: 'reading' | 'media' | 'texts' | 'sorting' | 'moving'; done: number; total: number };
