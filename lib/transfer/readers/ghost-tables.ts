import { t } from '../../words/t';
import { z } from '../../zod';
import { slugOf } from '../../text/slug';
import { isObject } from './ghost-cards';
import type { JsonRow } from './json-rows';
import { BrokenFile } from './xml-source';

// What Ghost keeps of a blog beside its posts. All of it is held, so each row keeps only what is needed and rows are counted.

const MAX_ROWS = 1_000_000;
const SHORT = 2_000;

const text = z.unknown().default(null).transform((value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''));
const short = text.transform((value) => (value.length <= SHORT ? value.trim() : value.slice(0, SHORT).trim()));
const id = text.transform((value) => (value.length <= 100 ? value.trim() : ''));
const order = z.unknown().default(null).transform((value) => (typeof value === 'number' ? value : 0));

const userSchema = z.object({ id, slug: short, name: short, email: short });
const tagSchema = z.object({ id, slug: short, name: short, description: short, visibility: short });
const postTagSchema = z.object({ post_id: id, tag_id: id, sort_order: order });
const postAuthorSchema = z.object({ post_id: id, author_id: id, sort_order: order });
const postMetaSchema = z.object({ post_id: id, feature_image_alt: short, feature_image_caption: short, email_only: z.unknown().default(null).transform((value) => value === true || value === 1) });
const settingSchema = z.object({ key: short, value: text });
const metaSchema = z.object({ version: short });

export type GhostUser = z.infer<typeof userSchema>;
export type GhostTag = z.infer<typeof tagSchema>;
export type GhostPostMeta = Pick<z.infer<typeof postMetaSchema>, 'feature_image_alt' | 'feature_image_caption' | 'email_only'>;

const WANTED_SETTINGS = new Set(['title', 'description', 'db_hash', 'dbHash', 'site_uuid', 'is_private', 'isPrivate', 'permalinks']);
/** Tables of which only the number of rows is told: nothing in them has a place here. */
const LISTED = ['members', 'comments', 'newsletters'] as const;
type Listed = (typeof LISTED)[number];
const isListed = (table: string): table is Listed => LISTED.some((one) => one === table);

type Linked = { of: string; order: number };

/** The tables of a Ghost export but its posts, put together from rows in any order. */
export class GhostTables {
  version = '';
  readonly users = new Map<string, GhostUser>();
  readonly tags = new Map<string, GhostTag>();
  readonly listed = new Map<Listed, number>();
  posts = 0;
  private readonly settings = new Map<string, string>();
  private readonly postTags = new Map<string, Linked[]>();
  private readonly postAuthors = new Map<string, Linked[]>();
  private readonly postMeta = new Map<string, GhostPostMeta>();
  private rows = 0;

  /** @throws BrokenFile for more rows than any blog has */
  add({ table, line, value }: JsonRow): void {
    if (table === 'posts') return void (this.posts += 1);
    if (!isObject(value)) return;
    if (isListed(table)) return this.list(table);
    if (++this.rows > MAX_ROWS) throw new BrokenFile(t('transfer.file.tooManyRows', { max: String(MAX_ROWS) }), line);
    this.keep(table, value);
  }

  setting(...names: string[]): string {
    return names.map((name) => this.settings.get(name) ?? '').find(Boolean) ?? '';
  }

  /** Whether all of the blog stood behind one password. */
  get isPrivate(): boolean {
    return /^true$/i.test(this.setting('is_private', 'isPrivate'));
  }

  /** The name that stays when the blog's address changes: the number Ghost gave its database, or else the title. */
  get source(): string {
    const name = this.setting('db_hash', 'dbHash', 'site_uuid');
    return `ghost:${name || (this.setting('title') ? slugOf(this.setting('title')) : 'unknown')}`.slice(0, 200);
  }

  tagsOf(postId: string): GhostTag[] {
    return inOrder(this.postTags.get(postId)).flatMap(({ of }) => this.tags.get(of) ?? []);
  }

  /** The authors of a post, the first first; `authorId` is what the post itself says, which older exports have alone. */
  authorsOf(postId: string, authorId: string): GhostUser[] {
    const linked = inOrder(this.postAuthors.get(postId)).flatMap(({ of }) => this.users.get(of) ?? []);
    const own = this.users.get(authorId);
    return linked.length > 0 ? linked : own ? [own] : [];
  }

  metaOf(postId: string): GhostPostMeta | null {
    return this.postMeta.get(postId) ?? null;
  }

  private list(table: Listed): void {
    this.listed.set(table, (this.listed.get(table) ?? 0) + 1);
  }

  private keep(table: string, value: Readonly<Record<string, unknown>>): void {
    if (table === 'meta') this.version ||= metaSchema.parse(value).version;
    else if (table === 'users') keepOnce(this.users, userSchema.parse(value));
    else if (table === 'tags') keepOnce(this.tags, tagSchema.parse(value));
    else if (table === 'posts_tags') link(this.postTags, postTagSchema.parse(value), 'tag_id');
    else if (table === 'posts_authors') link(this.postAuthors, postAuthorSchema.parse(value), 'author_id');
    else if (table === 'posts_meta') this.keepMeta(postMetaSchema.parse(value));
    else if (table === 'settings') this.keepSetting(settingSchema.parse(value));
  }

  private keepMeta({ post_id: postId, ...meta }: z.infer<typeof postMetaSchema>): void {
    if (meta.feature_image_alt || meta.feature_image_caption || meta.email_only) this.postMeta.set(postId, meta);
  }

  private keepSetting({ key, value }: z.infer<typeof settingSchema>): void {
    if (WANTED_SETTINGS.has(key) && value.length <= SHORT) this.settings.set(key, value.trim());
  }
}

const inOrder = (links: Linked[] = []): Linked[] => [...links].sort((a, b) => a.order - b.order);

function keepOnce<Row extends { id: string }>(rows: Map<string, Row>, row: Row): void {
  if (row.id !== '' && !rows.has(row.id)) rows.set(row.id, row);
}

function link<Name extends 'tag_id' | 'author_id'>(links: Map<string, Linked[]>, row: { post_id: string; sort_order: number } & Record<Name, string>, name: Name): void {
  const known = links.get(row.post_id);
  const linked = { of: row[name], order: row.sort_order };
  if (known) known.push(linked);
  else links.set(row.post_id, [linked]);
}
