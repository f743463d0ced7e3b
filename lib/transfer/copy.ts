import type { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { COLUMNS, type StagingTable } from './staging-tables';

export type Cell = string | number | boolean | Date | null;

const FLUSH_CHARACTERS = 250_000;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'string' ? cell.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? '') : String(cell);
}

function send(client: Client, table: StagingTable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = client.query(from(`COPY ${table} (${COLUMNS[table].join(', ')}) FROM STDIN`));
    stream.on('finish', resolve).on('error', reject);
    stream.end(text);
  });
}

/**
 * Gathers rows and sends them by COPY, a table at a time, while the caller goes on: at most one batch of about a
 * quarter of a million characters is under way and one per table being filled, so memory stays bounded however many rows come.
 */
export class Copier {
  private readonly waiting = new Map<StagingTable, { parts: string[]; characters: number }>();
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly client: Client) {}

  /** Adds a row, cells in the order of COLUMNS. */
  add(table: StagingTable, cells: Cell[]): void {
    const row = `${cells.map(cellText).join('\t')}\n`;
    const batch = this.waiting.get(table) ?? { parts: [], characters: 0 };
    batch.parts.push(row);
    batch.characters += row.length;
    this.waiting.set(table, batch);
  }

  /** Sends what has grown large. Waits for the batch before it: that is the backpressure. */
  async breathe(): Promise<void> {
    for (const [table, batch] of this.waiting) if (batch.characters > FLUSH_CHARACTERS) await this.flush(table);
  }

  /** Sends all that is left and waits until the database has it. */
  async end(): Promise<void> {
    for (const table of this.waiting.keys()) await this.flush(table);
    await this.sending;
  }

  private async flush(table: StagingTable): Promise<void> {
    const batch = this.waiting.get(table);
    this.waiting.delete(table);
    if (!batch) return;
    await this.sending;
    this.sending = send(this.client, table, batch.parts.join(''));
    // The failure is thrown by the next flush or by end(); this only keeps Node from calling it unhandled meanwhile.
    this.sending.catch(() => undefined);
  }
}
