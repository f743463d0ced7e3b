import { t } from '../../words/t';
import type { z } from '../../zod';
import { MAX_TEXT_CHARACTERS } from '../schema';
import { authorSchema, categorySchema, commentSchema, itemSchema, META_FIELDS, ownSchema, siteSchema, tagSchema, termSchema, type WxrItem, type WxrRecord } from './wxr-schema';
import { BrokenFile } from './xml-source';

type Fields = Record<string, string>;
/** An element whose children are fields: one record, or the item that comments and terms belong to. */
type Frame = { name: string; line: number; fields: Fields; terms: WxrItem['terms'] };

const RECORDS: Record<string, { within: string; schema: z.ZodObject }> = {
  channel: { within: 'rss', schema: siteSchema },
  'wp:author': { within: 'channel', schema: authorSchema },
  'wp:category': { within: 'channel', schema: categorySchema },
  'wp:tag': { within: 'channel', schema: tagSchema },
  'wp:term': { within: 'channel', schema: termSchema },
  item: { within: 'channel', schema: itemSchema },
  'wp:comment': { within: 'item', schema: commentSchema },
  'soapbox:redirect': { within: 'channel', schema: ownSchema },
  'soapbox:gone': { within: 'channel', schema: ownSchema },
};
const VERSION = 'wp:wxr_version';
const VERSIONS = ['1.0', '1.1', '1.2'];

const metaField = ({ fields }: Frame): string | undefined => META_FIELDS[fields['wp:meta_key']?.trim() ?? ''];

/** Turns opening and closing elements into records; the grammar of WXR stands here and nowhere else. */
export class WxrOutline {
  private readonly stack: string[] = [];
  private readonly frames: Frame[] = [];
  private leaf: { name: string; depth: number; parts: string[]; length: number; term: { domain: string; slug: string } | null } | null = null;
  private items = 0;
  private version: string | null = null;
  private siteSent = false;

  constructor(private readonly send: (record: WxrRecord) => void) {}

  open(name: string, line: number, attribute: (name: string) => string): void {
    const within = this.stack.at(-1) ?? '';
    this.stack.push(name);
    const frame = this.frames.at(-1);
    if (RECORDS[name]?.within === within || (name === 'wp:postmeta' && within === 'item')) {
      if (name !== 'channel') this.sendSite(line);
      if (name === 'item') this.items += 1;
      this.frames.push({ name, line, fields: {}, terms: [] });
    } else if (frame && frame.name === within && this.isWanted(frame, name)) {
      const term = name === 'category' ? { domain: attribute('domain'), slug: attribute('nicename') } : null;
      this.leaf = { name, depth: this.stack.length, parts: [], length: 0, term };
    }
  }

  text(text: string): void {
    if (!this.leaf || this.leaf.depth !== this.stack.length) return;
    this.leaf.parts.push(text);
    this.leaf.length += text.length;
    if (this.leaf.length > MAX_TEXT_CHARACTERS) throw new BrokenFile(t('transfer.file.elementTooLong', { element: `<${this.leaf.name}>`, max: String(MAX_TEXT_CHARACTERS) }));
  }

  close(name: string, line: number): void {
    if (this.leaf?.depth === this.stack.length) this.endLeaf(line);
    this.stack.pop();
    const frame = this.frames.at(-1);
    if (frame?.name !== name || this.stack.at(-1) !== (name === 'wp:postmeta' ? 'item' : RECORDS[name]?.within)) return;
    this.frames.pop();
    if (name === 'channel') this.sendSite(line, frame);
    else if (name === 'wp:postmeta') this.endMeta(frame);
    else this.endRecord(frame);
  }

  /** @throws BrokenFile when the file said neither a version nor anything else */
  end(): void {
    if (!this.siteSent) throw new BrokenFile(t('transfer.file.noChannel', { element: '<channel>' }));
  }

  private isWanted(frame: Frame, name: string): boolean {
    if (frame.name === 'wp:postmeta') return name === 'wp:meta_key' || (name === 'wp:meta_value' && metaField(frame) !== undefined);
    if (frame.name === 'channel' && name === VERSION) return true;
    return name === 'category' ? frame.name === 'item' : name in (RECORDS[frame.name]?.schema.shape ?? {});
  }

  private endLeaf(line: number): void {
    const { name, parts, term } = this.leaf!;
    const frame = this.frames.at(-1)!;
    const value = parts.join('');
    this.leaf = null;
    if (term) frame.terms.push({ ...term, name: value.trim() });
    else if (name === VERSION) this.version = this.checkedVersion(value.trim(), line);
    else frame.fields[name] ??= value;
  }

  private checkedVersion(version: string, line: number): string {
    if (VERSIONS.includes(version)) return version;
    throw new BrokenFile(version ? t('transfer.file.otherVersion', { version, known: VERSIONS.join(', ') }) : t('transfer.file.versionWithoutNumber', { known: VERSIONS.join(', ') }), line);
  }

  private endMeta(meta: Frame): void {
    const item = this.frames.at(-1);
    const field = metaField(meta);
    if (item && field !== undefined) item.fields[field] = meta.fields['wp:meta_value'] ?? '';
  }

  /** What is said of the blog comes before everything else; it is known when the first other thing begins. */
  private sendSite(line: number, channel: Frame | undefined = this.frames[0]): void {
    if (this.siteSent || !channel) return;
    if (this.version === null) throw new BrokenFile(t('transfer.file.noVersion', { element: `<${VERSION}>` }), line);
    this.siteSent = true;
    this.send({ kind: 'site', line: channel.line, value: siteSchema.parse(channel.fields) });
  }

  private endRecord({ name, line, fields, terms }: Frame): void {
    if (name === 'item') this.send({ kind: 'item', line, item: this.items, value: itemSchema.parse({ ...fields, terms }) });
    else if (name === 'wp:comment') this.send({ kind: 'comment', line, item: this.items, value: commentSchema.parse(fields) });
    else if (name === 'wp:author') this.send({ kind: 'author', line, value: authorSchema.parse(fields) });
    else if (name === 'wp:category') this.send({ kind: 'category', line, value: categorySchema.parse(fields) });
    else if (name === 'wp:tag') this.send({ kind: 'tag', line, value: tagSchema.parse(fields) });
    else if (name === 'soapbox:redirect') this.send({ kind: 'redirect', line, value: ownSchema.parse(fields) });
    else if (name === 'soapbox:gone') this.send({ kind: 'gone', line, value: ownSchema.parse(fields) });
    else this.send({ kind: 'term', line, value: termSchema.parse(fields) });
  }
}
