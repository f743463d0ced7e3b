import { stringify } from 'csv-stringify/sync';

/** Records as CSV (RFC 4180, UTF-8). What a spreadsheet would take for a formula begins with an apostrophe: names are anybody's. */
export const asCsv = (records: readonly (readonly string[])[], head: readonly string[] | null): string =>
  stringify(head ? [[...head], ...records] : [...records], { bom: head !== null, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });

/** So many records a file has at most. */
export const CSV_RECORDS_MAX = 100_000;
const PIECE_RECORDS = 1_000;

type Table<Row> = {
  head: readonly string[];
  /** The next `take` rows after `last`; from the first one where that is null. */
  read: (last: Row | null, take: number) => Promise<Row[]>;
  recordOf: (row: Row) => string[];
};

/** A list as a file, piece by piece, however long: a mark of UTF-8, its head, and at most CSV_RECORDS_MAX records. */
export async function* writeCsv<Row>({ head, read, recordOf }: Table<Row>): AsyncGenerator<string> {
  let last: Row | null = null;
  for (let written = 0; written < CSV_RECORDS_MAX; written += PIECE_RECORDS) {
    const rows: Row[] = await read(last, PIECE_RECORDS);
    yield asCsv(rows.map(recordOf), written === 0 ? head : null);
    last = rows.at(-1) ?? null;
    if (rows.length < PIECE_RECORDS) return;
  }
}
