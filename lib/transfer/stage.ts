import { plainText } from '../text/plain';
import { type Copier } from './copy';
import { blogSource } from './rules';
import type { ImportProgress, WxrItem, WxrRecord } from './schema';
import type { Tally } from './tally';
import { attachmentCells, authorCells, categoryCells, commentCells, itemCells, tagCells, termNames } from './wxr-rows';
import type { WxrBatch } from './wxr-reader';

type Of<K extends WxrRecord['kind']> = Extract<WxrRecord, { kind: K }>;
const TAXONOMIES: Record<string, 'category' | 'tag'> = { '': 'category', category: 'category', post_tag: 'tag', tag: 'tag' };

/** Turns the records of an export into staging rows. Remembers nothing but counts and the blog's name. */
export class Stager {
  /** `ImportKey.source` of the blog, and what it is called, known after the first record. */
  source = blogSource('');
  name = { title: '', tagline: '' };
  private no = 0;

  constructor(private readonly copier: Copier, private readonly tally: Tally, private readonly now: Date) {}

  add(record: WxrRecord): void {
    const note = (reason: string, what: string) => this.tally.note(reason, record.line, what);
    const no = (this.no += 1);
    switch (record.kind) {
      case 'site':
        this.source = blogSource(record.value['wp:base_blog_url'] || record.value.link || record.value['wp:base_site_url']);
        this.name = { title: plainText(record.value.title), tagline: plainText(record.value.description) };
        return;
      case 'author':
        return this.copier.add('s_author', authorCells(no, record.line, record.value, note));
      case 'category':
        return this.copier.add('s_term', categoryCells(no, record.line, record.value));
      case 'tag':
        return this.copier.add('s_term', tagCells(no, record.line, record.value));
      case 'term':
        // Export plugins list categories and tags here a second time.
        if (!TAXONOMIES[record.value['wp:term_taxonomy']]) note(`Terms of taxonomies that have no place here (${record.value['wp:term_taxonomy']})`, record.value['wp:term_name']);
        return;
      case 'item':
        return this.addItem(record);
      case 'comment':
        return this.addComment(no, record);
    }
  }

  private addComment(no: number, { item, line, value }: Of<'comment'>): void {
    const cells = commentCells(no, item, line, value, this.now, (reason, what) => this.tally.note(reason, line, what));
    if (cells) this.copier.add('s_comment', cells);
    else this.tally.count('Comments', 'skipped');
  }

  private addItem({ item, line, value }: Of<'item'>): void {
    const note = (reason: string, what: string) => this.tally.note(reason, line, what);
    const type = value['wp:post_type'];
    if (type === 'attachment') {
      this.copier.add('s_attachment', attachmentCells(value));
      return note('Pictures and files, not copied: posts show pictures at a click, files as links', value['wp:attachment_url'] || value.title);
    }
    if (type !== 'post' && type !== 'page') return note(`Items of a kind that has no place here (${type})`, value.title || value['wp:post_name']);
    if (value['wp:post_id'] === '') {
      this.tally.count(type === 'post' ? 'Posts' : 'Pages', 'skipped');
      return note('Posts and pages without a number, which a second import could not know again, not imported', value.title);
    }
    this.copier.add('s_item', itemCells(item, line, value, this.now, note));
    this.addTerms(item, value, note);
  }

  private addTerms(item: number, { terms }: WxrItem, note: (reason: string, what: string) => void): void {
    const named = new Set(terms.filter((term) => term.slug).map((term) => term.name));
    const seen = new Set<string>();
    for (const { domain, slug: nicename, name } of terms) {
      // WXR 1.0 writes each term twice, the first time without its nicename.
      if (!nicename && named.has(name)) continue;
      const kind = TAXONOMIES[domain];
      if (!kind) {
        note(`Terms of taxonomies that have no place here (${domain})`, name);
        continue;
      }
      const term = termNames(nicename, name);
      const key = `${kind} ${term.slug}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.copier.add('s_item_term', [item, kind, term.slug, term.name]);
    }
  }
}

/**
 * The first half of pass 1: everything the export says goes into staging, in one streamed read, with backpressure.
 * @throws BrokenFile what the reader refuses
 */
export async function stageRecords(batches: AsyncIterable<WxrBatch>, stager: Stager, copier: Copier, total: number, onProgress: (progress: ImportProgress) => void): Promise<void> {
  for await (const { records, bytesRead } of batches) {
    for (const record of records) stager.add(record);
    await copier.breathe();
    onProgress({ step: 'reading', done: bytesRead, total });
  }
  await copier.end();
}
