import { t } from '../../words/t';
import type { ImportBatch, ImportRecord } from '../form';
import { ghostPostRecords, type GhostBlog } from './ghost-post';
import { GhostTables } from './ghost-tables';
import { readRows } from './json-rows';
import { BrokenFile } from './xml-source';

const SMALL = ['settings', 'users', 'tags', 'posts_tags', 'posts_authors', 'posts_meta', 'members', 'comments', 'newsletters'];
/** An export stands in `db` or, made by other tools, by itself. */
const pathsOf = (tables: string[]): string[] => ['$.db.*', '$'].flatMap((base) => tables.map((table) => `${base}.data.${table}.*`));
const FIRST_PASS = [...pathsOf([...SMALL, 'posts']), '$.db.*.meta', '$.meta'];

const MAX_ORIGINS = 50;
// Ghost writes its own address nowhere; before version 4 it stood in the addresses of pictures.
const PICTURE_ORIGIN = /https?:\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[\w-]{1,50}){0,2}?(?=\/content\/images\/)/gi;

/** Counts from where pictures were shown: the blog's own address is the one most often named. */
class Origins {
  private readonly counts = new Map<string, number>();

  read(text: string): void {
    for (const [origin] of text.matchAll(PICTURE_ORIGIN)) {
      if (this.counts.has(origin) || this.counts.size < MAX_ORIGINS) this.counts.set(origin, (this.counts.get(origin) ?? 0) + 1);
    }
  }

  get likeliest(): string {
    return [...this.counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  }
}

type First = { blog: GhostBlog; linesMean: boolean; size: number };

/** First pass: everything but the posts, whose rows may stand before what belongs to them. */
async function readTables(path: string, now: Date): Promise<First> {
  const tables = new GhostTables();
  const origins = new Origins();
  let newlines = 0;
  let size = 0;
  for await (const { rows, text, bytesRead } of readRows(path, FIRST_PASS)) {
    for (const row of rows) tables.add(row);
    origins.read(text);
    newlines += text.split('\n').length - 1;
    size = bytesRead;
  }
  if (tables.posts === 0) throw new BrokenFile(t('transfer.file.noGhost'));
  return { blog: { tables, origin: origins.likeliest, now }, linesMean: newlines > 10, size };
}

function headRecords({ tables, origin }: GhostBlog): ImportRecord[] {
  const records: ImportRecord[] = [{ kind: 'site', line: null, value: { source: tables.source, address: origin, title: tables.setting('title'), tagline: tables.setting('description') } }];
  if (!origin) records.push({ kind: 'note', line: null, reason: t('transfer.notes.ghostWithoutAddress'), what: t('transfer.things.ghostPictures') });
  if (tables.isPrivate) records.push({ kind: 'note', line: null, reason: t('transfer.notes.behindPassword'), what: t('transfer.things.publishHere') });
  for (const user of tables.users.values()) {
    // The author Ghost made for its own example posts has an address that nobody owns.
    const email = /@example\.(?:com|org|net)$/i.test(user.email) ? '' : user.email;
    const login = user.slug || user.name || user.id;
    records.push({ kind: 'author', line: null, value: { login, number: user.id, email, name: user.name, slug: user.slug, own: null } });
  }
  for (const { name, slug, description, visibility } of tables.tags.values()) {
    if (visibility !== 'internal' && !name.startsWith('#')) records.push({ kind: 'term', line: null, value: { kind: 'tag', slug, name, description, parentSlug: '' } });
  }
  for (const [table, count] of tables.listed) {
    records.push({ kind: 'note', line: null, reason: t(`transfer.ghostLeft.${table}`), what: t('transfer.things.countInAll', { count: String(count) }), count });
  }
  return records;
}

/**
 * Reads a Ghost export (JSON, version 0.x to 6) in two passes: first authors, tags and what links them to posts, then the
 * posts, one at a time. What was for members, sent by mail or behind the blog's password is private. The first pass counts
 * as half of the bytes read. Holds the links between posts, tags and authors, a million at most.
 * @throws BrokenFile with the reason, and the line where one is to blame
 */
export async function* readGhost(path: string, now: Date): AsyncGenerator<ImportBatch> {
  const { blog, linesMean, size } = await readTables(path, now);
  yield { records: headRecords(blog), bytesRead: size / 2 };
  let item = 0;
  for await (const { rows, bytesRead } of readRows(path, pathsOf(['posts']))) {
    yield { records: rows.flatMap((row) => ghostPostRecords(row.value, blog, (item += 1), linesMean ? row.line : null)), bytesRead: (size + bytesRead) / 2 };
  }
}
