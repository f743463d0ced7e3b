import { t } from '../words/t';
import type { Copier } from './copy';
import { sourceAddress } from '../media/source-address';
import { cleanText } from '../text/clean';
import type { ImportBatch, ImportedBlock, ImportedComment, ImportedFile, ImportedKey, ImportedPost, ImportRecord, ImportedSite } from './form';
import { cutTo, plain, shownPart, SHOWN_CHARACTERS } from './rules';
import { authorCells, commentCells, fileCells, type Note, type Place, postCells, termCells, termNames, threadCells, threadWayCells } from './rows';
import type { ImportProgress } from './schema';
import type { Tally } from './tally';
import { thingWords } from './thing-words';

const FILE_NAME_MAX_CHARACTERS = 255;
const NO_SITE: ImportedSite = { source: 'unknown', address: '', title: '', tagline: '' };

/** Turns records of the one form into staging rows. Remembers nothing but counts and which blog it is. */
export class Stager {
  /** The blog, known after the first record. */
  site = NO_SITE;
  private no = 0;

  constructor(private readonly copier: Copier, private readonly tally: Tally) {}

  add(record: ImportRecord): void {
    const { line } = record;
    const place: Place = { no: (this.no += 1), line };
    const note: Note = (reason, what) => this.tally.note(reason, line, what);
    switch (record.kind) {
      case 'site':
        this.site = record.value.own ? record.value : { ...record.value, title: plain(record.value.title), tagline: plain(record.value.tagline) };
        return;
      case 'author':
        this.addKeys('author', record.value.login, record.value.own?.keys);
        return this.copier.add('s_author', authorCells(place, record.value, note));
      case 'term':
        if (record.value.own) this.addKeys(record.value.kind, record.value.own.id, record.value.own.keys);
        return this.copier.add('s_term', termCells(place, record.value));
      case 'post':
        return this.addPost(place, record.item, record.value, note);
      case 'thread':
        this.copier.add('s_old_post', threadCells(place, record.item, record.value));
        for (const cells of threadWayCells(record.item, record.value)) this.copier.add('s_thread_way', cells);
        return;
      case 'file':
        this.addOwnFile(record.value);
        return this.copier.add('s_attachment', fileCells(record.value));
      case 'block':
        return this.addBlock(record.value, note);
      case 'comment':
        return this.addComment(place, record.item, record.value, note);
      case 'redirect':
        return this.copier.add('s_redirect', ['', record.value.path, record.value.to]);
      case 'gone':
        return this.addKeys('gone', '', [record.value]);
      case 'note':
        if (record.skipped) this.tally.count(record.skipped, 'skipped', record.count);
        return this.tally.note(record.reason, line, record.what, record.count);
    }
  }

  private addKeys(of: string, number: string, keys: ImportedKey[] = []): void {
    for (const { source, kind, externalId } of keys) this.copier.add('s_key', [of, number, cleanText(source), cleanText(kind), cleanText(externalId)]);
  }

  private addOwnFile({ number, own, alt }: ImportedFile): void {
    if (own) this.copier.add('s_own_file', [number, own.id, own.sha256, cutTo(cleanText(own.name), FILE_NAME_MAX_CHARACTERS), cleanText(alt), own.createdAt, JSON.stringify(own.addresses.filter((address) => sourceAddress(`https://${address}`) === address))]);
  }

  private addBlock({ number, content }: ImportedBlock, note: Note): void {
    const shown = shownPart(content);
    if (shown !== content) note(t('transfer.notes.blocksTooLong', { max: String(SHOWN_CHARACTERS) }), thingWords({ kind: 'block', number }));
    this.copier.add('s_block', [number, cleanText(shown)]);
  }

  private addComment(place: Place, item: number, comment: ImportedComment, note: Note): void {
    this.addKeys('comment', comment.number, comment.own?.keys);
    if (comment.number !== '') return this.copier.add('s_comment', commentCells(place, item, comment, note));
    this.tally.count('comments', 'skipped');
    note(t('transfer.notes.commentsWithoutNumber'), comment.name);
  }

  private addPost(place: Place, item: number, post: ImportedPost, note: Note): void {
    if (post.number === '') {
      this.tally.count(post.kind === 'post' ? 'posts' : 'pages', 'skipped');
      return note(t('transfer.notes.postsWithoutNumber'), post.title);
    }
    this.copier.add('s_item', postCells(place, item, post));
    this.addKeys('post', post.number, post.own?.keys);
    for (const path of post.own?.oldPaths ?? []) this.copier.add('s_redirect', [post.number, cleanText(path), null]);
    const seen = new Set<string>();
    for (const { kind, slug: nicename, name } of post.terms) {
      const term = termNames(nicename, name, post.own);
      const key = `${kind} ${term.slug}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.copier.add('s_item_term', [item, kind, term.slug, term.name]);
    }
  }
}

/**
 * The first half of pass 1: everything the file says goes into staging, in one streamed read, with backpressure.
 * @throws BrokenFile what the reader refuses
 */
export async function stageRecords(batches: AsyncIterable<ImportBatch>, stager: Stager, copier: Copier, total: number, onProgress: (progress: ImportProgress) => void): Promise<void> {
  let done = 0;
  for await (const { records, bytesRead } of batches) {
    for (const record of records) stager.add(record);
    await copier.breathe();
    done = Math.max(done, bytesRead);
    onProgress({ step: 'reading', done, total });
  }
  await copier.end();
}
