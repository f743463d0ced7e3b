import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { t } from '../../words/t';
import { MAX_TEXT_CHARACTERS } from '../schema';
import { BrokenFile, readCharacters } from './xml-source';

/** One row of a table, or one value that stands alone (`table` is then its key). `line` is where it begins. */
export type JsonRow = { table: string; line: number; value: unknown };
export type JsonBatch = { rows: JsonRow[]; text: string; bytesRead: number };

// No export nests as deep: each level costs memory until it is closed.
const MAX_DEPTH = 200;
/** A row holds its text in several forms. */
const MAX_ROW_CHARACTERS = 3 * MAX_TEXT_CHARACTERS;

const brokenJson = (reason: string, line: number) => new BrokenFile(t('transfer.file.brokenJson', { reason }), line);

const isOpening = (token: TokenType) => token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
const isClosing = (token: TokenType) => token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET;

/** Puts values together at the wanted paths alone, and measures what is not ended yet. */
class Rows {
  found: JsonRow[] = [];
  private readonly tokenizer = new Tokenizer();
  private readonly parser: TokenParser;
  private readonly begins: number[] = [];
  private readonly rowDepths: ReadonlySet<number>;
  private line = 1;
  private written = 0;
  private lastToken = 0;
  private rowBegan: number | null = null;
  private ended = false;

  constructor(paths: readonly string[]) {
    this.rowDepths = new Set(paths.map((path) => path.split('.').length));
    this.parser = new TokenParser({ paths: [...paths], keepStack: false });
    this.parser.onValue = ({ value, stack, key }) => void this.found.push({ table: this.tableOf(stack.map((level) => level.key), key), line: this.begins.at(-1) ?? this.line, value });
    this.parser.onEnd = () => void (this.ended = true);
    this.tokenizer.onToken = (info) => {
      const { token } = info;
      this.lastToken = this.written;
      if (this.ended) throw brokenJson(t('transfer.file.behindItsEnd'), this.line);
      if (isOpening(token)) this.opened();
      // The value is given out before its beginning is forgotten.
      this.parser.write(info);
      if (isClosing(token)) {
        if (this.rowDepths.has(this.begins.length)) this.rowBegan = null;
        this.begins.pop();
      }
    };
  }

  /** A line at a time: a string of JSON holds no newline, so no token is cut oddly, and each has its line. */
  write(text: string): void {
    for (let from = 0; from < text.length; ) {
      const newline = text.indexOf('\n', from);
      const to = newline < 0 ? text.length : newline + 1;
      this.writeLine(text.slice(from, to));
      if (newline >= 0) this.line += 1;
      from = to;
    }
  }

  /** @throws BrokenFile for a file that is cut off */
  end(): void {
    if (!this.ended) throw new BrokenFile(t('transfer.file.cutOff'), this.line);
  }

  private writeLine(text: string): void {
    this.written += text.length;
    try {
      if (!this.ended || text.trim() !== '') this.tokenizer.write(text);
    } catch (error) {
      if (error instanceof BrokenFile) throw error;
      throw brokenJson(error instanceof Error ? error.message.split('\n')[0]!.slice(0, 120) : t('transfer.file.unreadable'), this.line);
    }
    if (this.written - this.lastToken > MAX_TEXT_CHARACTERS) throw new BrokenFile(t('transfer.file.textTooLong', { max: String(MAX_TEXT_CHARACTERS) }), this.line);
    if (this.rowBegan !== null && this.written - this.rowBegan > MAX_ROW_CHARACTERS) throw new BrokenFile(t('transfer.file.rowTooLong', { max: String(MAX_ROW_CHARACTERS) }), this.line);
  }

  private opened(): void {
    this.begins.push(this.line);
    if (this.begins.length > MAX_DEPTH) throw new BrokenFile(t('transfer.file.valuesTooDeep', { max: String(MAX_DEPTH) }), this.line);
    if (this.rowDepths.has(this.begins.length)) this.rowBegan = this.written;
  }

  private tableOf(path: (string | number | undefined)[], key: string | number | undefined): string {
    if (typeof key === 'string') return key;
    const last = path.at(-1);
    return typeof last === 'string' ? last : '';
  }
}

/**
 * Reads the values at `paths` (`$.data.posts.*`, see @streamparser/json) of a JSON file in a stream: never more of it in
 * memory than a chunk and one of them. Gives a batch for each chunk, with its text. Control characters that have no place in JSON are left out.
 * @throws BrokenFile with line and reason: malformed, cut off, nested without end, a text or row without end
 */
export async function* readRows(path: string, paths: readonly string[]): AsyncGenerator<JsonBatch> {
  const rows = new Rows(paths);
  for await (const { text, bytesRead } of readCharacters(path, () => undefined)) {
    rows.write(text);
    yield { rows: rows.found, text, bytesRead };
    rows.found = [];
  }
  rows.end();
}
