import { Client } from 'pg';
import type { Care, CommentStatus, MentionWay, PostKind, PostStatus, TextFormat } from '../../db/generated/enums';
import { SITE_DEFAULTS } from '../../site/schema';
import { OWN_SOURCE } from '../own-schema';

// What goes out, read from one snapshot a few rows at a time. Numbers are WordPress's: given here, in the order of our ids,
// so that two exports of the same content give the same.

export type Key = { source: string; kind: string; externalId: string };
export type SiteRow = { title: string; tagline: string; language: string; timeZone: string };
export type AuthorRow = { n: string; id: string; name: string | null; slug: string | null; email: string | null; about: string; website: string | null; keys: Key[] };
export type TermRow = { n: string; id: string; kind: 'category' | 'tag'; slug: string; name: string; description: string; parentSlug: string | null; keys: Key[] };
export type PostTerm = { kind: 'category' | 'tag'; slug: string; name: string };
export type PostRow = {
  n: string; id: string; kind: PostKind; slug: string; title: string; source: string; html: string; excerpt: string; isOwnExcerpt: boolean; status: PostStatus; password: string | null;
  publishedAt: Date | null; createdAt: Date; updatedAt: Date; authorId: string; authorNumber: string; authorSlug: string | null; authorName: string | null; parentId: string | null;
  parentNumber: string | null; parentSlug: string | null; menuOrder: number; sticky: boolean; commentsOpen: boolean; commentsCloseAt: Date | null; commentsByAge: boolean; care: Care;
  helpline: string; coverNumber: string | null; cover: { sha256: string; mimeType: string } | null; terms: PostTerm[]; oldPaths: string[]; keys: Key[];
};

/** What opens a post where it goes: of one that is behind a password, or is a draft that is to come out with it; null for none. */
export const passwordToTake = ({ status, password }: Pick<PostRow, 'status' | 'password'>): string | null => (status === 'password' || status === 'draft' ? password : null);

/** What is known of a mention that another site has told of: the row Mention. */
export type ToldMention = { mark: string; target: string; way: MentionWay };

export type CommentRow = {
  n: string; id: string; postNumber: string; parentId: string | null; parentNumber: string | null; parentPublicId: string | null; publicId: string; legacyNumber: string | null;
  kind: 'comment' | 'mention'; userId: string | null; userNumber: string | null; name: string; email: string | null; website: string | null;
  source: string; format: TextFormat; html: string; status: CommentStatus; createdAt: Date; editedAt: Date | null; mention: ToldMention | null; keys: Key[];
};
export type FileRow = { n: string; id: string; sha256: string; mimeType: string; name: string; alt: string; createdAt: Date; addresses: string[] };

const TABLES = `
  CREATE TEMP TABLE e_author (n bigint PRIMARY KEY, id uuid UNIQUE, bytes bigint);
  CREATE TEMP TABLE e_term (n bigint PRIMARY KEY, id uuid UNIQUE, bytes bigint, kind text);
  CREATE TEMP TABLE e_post (n bigint PRIMARY KEY, id uuid UNIQUE, bytes bigint);
  CREATE TEMP TABLE e_file (n bigint PRIMARY KEY, id uuid UNIQUE, bytes bigint);
  CREATE TEMP TABLE e_comment (n bigint PRIMARY KEY, id uuid UNIQUE, bytes bigint, post bigint)`;

// Authors are those who wrote a post. A category comes after its parent, as WordPress wants it; a file after all posts,
// with whose numbers its own are one row; a reply after what it answers, for WordPress finds it by a lower number.
const NUMBERS = `
  INSERT INTO e_author SELECT row_number() OVER (ORDER BY id), id, 0 FROM "User" u WHERE EXISTS (SELECT FROM "Post" p WHERE p."authorId" = u.id);
  INSERT INTO e_term
    WITH RECURSIVE tree AS (
      SELECT id, 1 AS depth FROM "Category" WHERE "parentId" IS NULL
      UNION ALL SELECT c.id, t.depth + 1 FROM tree t JOIN "Category" c ON c."parentId" = t.id)
    SELECT row_number() OVER (ORDER BY kind, depth, id), id, 0, kind FROM (
      SELECT c.id, 'category' AS kind, t.depth FROM "Category" c LEFT JOIN tree t USING (id)
      UNION ALL SELECT id, 'tag', 1 FROM "Tag") terms;
  INSERT INTO e_post SELECT row_number() OVER (ORDER BY id), id, octet_length(source) + octet_length(html) FROM "Post";
  INSERT INTO e_file SELECT (SELECT count(*) FROM e_post) + row_number() OVER (ORDER BY id), id, 0 FROM "MediaAsset";
  INSERT INTO e_comment SELECT row_number() OVER (ORDER BY c."postId", c."rootId", c.depth, c."createdAt", c.id), c.id, octet_length(c.source) + octet_length(c.html), p.n FROM "Comment" c JOIN e_post p ON p.id = c."postId" WHERE c."editsId" IS NULL;
  ANALYZE e_author; ANALYZE e_term; ANALYZE e_post; ANALYZE e_file; ANALYZE e_comment`;

const ROWS_AT_ONCE = 200;
const BYTES_AT_ONCE = 250_000;

const keysOf = (id: string) => `(SELECT coalesce(json_agg(json_build_object('source', k.source, 'kind', k.kind, 'externalId', k."externalId") ORDER BY k.source, k.kind, k."externalId"), '[]')
  FROM "ImportKey" k WHERE k."targetId" = ${id} AND NOT (k.source = '${OWN_SOURCE}' AND k."externalId" = ${id}::text)) AS keys`;

const AUTHORS = `SELECT e.n, u.id, u.name, u.slug, u.email, u.about, u.website, ${keysOf('u.id')} FROM page e JOIN "User" u USING (id) ORDER BY e.n`;

const TERMS = `
  SELECT e.n, e.id, e.kind, coalesce(c.slug, t.slug) AS slug, coalesce(c.name, t.name) AS name, coalesce(c.description, t.description) AS description,
    p.slug AS "parentSlug", ${keysOf('e.id')}
  FROM page e LEFT JOIN "Category" c ON e.kind = 'category' AND c.id = e.id LEFT JOIN "Tag" t ON e.kind = 'tag' AND t.id = e.id LEFT JOIN "Category" p ON p.id = c."parentId"
  ORDER BY e.n`;

const POSTS = `
  SELECT e.n, p.id, p.kind, p.slug, p.title, p.source, p.html, p.excerpt, p."isOwnExcerpt", p.status, p.password, p."publishedAt", p."createdAt", p."updatedAt", p."authorId", a.n AS "authorNumber", u.slug AS "authorSlug", u.name AS "authorName",
    p."parentId", f.n AS "parentNumber", up.slug AS "parentSlug", p."menuOrder", p.sticky, p."commentsOpen", p."commentsCloseAt", p."commentsByAge", p.care, p.helpline, m.n AS "coverNumber",
    CASE WHEN c.id IS NOT NULL THEN json_build_object('sha256', c.sha256, 'mimeType', c."mimeType") END AS cover,
    (SELECT coalesce(json_agg(json_build_object('kind', kind, 'slug', slug, 'name', name) ORDER BY kind, n), '[]') FROM (
      SELECT 'category' AS kind, t.n, c.slug, c.name FROM "PostCategory" x JOIN "Category" c ON c.id = x."categoryId" JOIN e_term t ON t.id = c.id WHERE x."postId" = p.id
      UNION ALL SELECT 'tag', t.n, g.slug, g.name FROM "PostTag" x JOIN "Tag" g ON g.id = x."tagId" JOIN e_term t ON t.id = g.id WHERE x."postId" = p.id) of_post) AS terms,
    (SELECT coalesce(json_agg(r.path ORDER BY r.path), '[]') FROM "Redirect" r WHERE r."postId" = p.id) AS "oldPaths", ${keysOf('p.id')}
  FROM page e JOIN "Post" p USING (id) JOIN e_author a ON a.id = p."authorId" JOIN "User" u ON u.id = p."authorId"
  LEFT JOIN e_post f ON f.id = p."parentId" LEFT JOIN "Post" up ON up.id = p."parentId" LEFT JOIN e_file m ON m.id = p."coverId" LEFT JOIN "MediaAsset" c ON c.id = p."coverId" ORDER BY e.n`;

// Who wrote under a name on one post only stays unknown, and so does the address of everybody who has an account.
const COMMENTS = `
  SELECT e.n, c.id, e.post AS "postNumber", c."parentId", p.n AS "parentNumber", up."publicId" AS "parentPublicId", c."publicId", c."legacyNumber"::text, c.kind, a.id AS "userId", a.n AS "userNumber", c.name,
    CASE WHEN c."userId" IS NULL AND c."pseudonymId" IS NULL THEN c.email END AS email, CASE WHEN c."pseudonymId" IS NULL THEN c.website END AS website,
    c.source, c.format, c.html, c.status, c."createdAt", c."editedAt", CASE WHEN m.way IS NOT NULL THEN json_build_object('mark', m."sourceMark", 'target', m.target, 'way', m.way) END AS mention, ${keysOf('c.id')}
  FROM page e JOIN "Comment" c USING (id) LEFT JOIN e_comment p ON p.id = c."parentId" LEFT JOIN "Comment" up ON up.id = c."parentId" LEFT JOIN "Mention" m ON m."commentId" = c.id LEFT JOIN e_author a ON a.id = c."userId" AND c."pseudonymId" IS NULL ORDER BY e.n`;

const FILES = `
  SELECT e.n, m.id, m.sha256, m."mimeType", m.name, m.alt, m."createdAt",
    (SELECT coalesce(json_agg(s.address ORDER BY s.address), '[]') FROM "MediaSource" s WHERE s."assetId" = m.id AND s.address NOT LIKE '%/media/' || m.sha256 || '.%') AS addresses
  FROM page e JOIN "MediaAsset" m USING (id) ORDER BY e.n`;

type Numbered = { n: string };

/** One state of the blog, on a connection of its own. Ended by `close`. */
export class Snapshot {
  private constructor(private readonly client: Client) {}

  /** Opens it: what is changed afterwards is not seen. `url` is a PostgreSQL address; its user may make temporary tables. */
  static async open(url: string): Promise<Snapshot> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'soapbox export' });
    client.on('error', () => undefined); // a lost connection shows in the query that is under way
    await client.connect();
    try {
      // Whoever downloads may be slow.
      await client.query(`SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET work_mem = '64MB'; ${TABLES}`);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await client.query(NUMBERS);
      return new Snapshot(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  async site(): Promise<SiteRow> {
    const { rows } = await this.client.query<SiteRow>('SELECT title, tagline, language, "timeZone" FROM "Site" ORDER BY id LIMIT 1');
    const { title, tagline, language, timeZone } = rows[0] ?? SITE_DEFAULTS;
    return { title, tagline, language, timeZone };
  }

  authors = (): AsyncGenerator<AuthorRow> => this.pages<AuthorRow>('e_author', AUTHORS);
  terms = (): AsyncGenerator<TermRow> => this.pages<TermRow>('e_term', TERMS);
  posts = (): AsyncGenerator<PostRow> => this.pages<PostRow>('e_post', POSTS);
  files = (): AsyncGenerator<FileRow> => this.pages<FileRow>('e_file', FILES);
  /** In the order of their posts. */
  comments = (): AsyncGenerator<CommentRow> => this.pages<CommentRow>('e_comment', COMMENTS);

  /** Old addresses that lead to a fixed path. */
  async *redirects(): AsyncGenerator<{ path: string; to: string }> {
    for (let after = ''; ; ) {
      const { rows } = await this.client.query<{ path: string; to: string }>(`SELECT path, "to" FROM "Redirect" WHERE "to" IS NOT NULL AND path > $1 ORDER BY path LIMIT ${ROWS_AT_ONCE}`, [after]);
      yield* rows;
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)!.path;
    }
  }

  /** What once came in and was deleted here since. */
  async *gone(): AsyncGenerator<Key> {
    const isHere = (kind: string, table: string) => `k.kind = '${kind}' AND EXISTS (SELECT FROM "${table}" x WHERE x.id = k."targetId")`;
    const here = [['author', 'User'], ['category', 'Category'], ['tag', 'Tag'], ['post', 'Post'], ['comment', 'Comment']].map(([kind = '', table = '']) => isHere(kind, table)).join(' OR ');
    for (let after: Key = { source: '', kind: '', externalId: '' }; ; ) {
      const { rows } = await this.client.query<Key>(
        `SELECT k.source, k.kind, k."externalId" FROM "ImportKey" k WHERE (k.source, k.kind, k."externalId") > ($1, $2, $3) AND k.kind IN ('author', 'category', 'tag', 'post', 'comment') AND NOT (${here})
         ORDER BY k.source, k.kind, k."externalId" LIMIT ${ROWS_AT_ONCE}`,
        [after.source, after.kind, after.externalId],
      );
      yield* rows;
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)!;
    }
  }

  /** A page of a numbered table at a time, as many rows as hold about a quarter of a megabyte of text, and at least one. */
  private async *pages<Row extends Numbered>(table: string, select: string): AsyncGenerator<Row> {
    const sql = `
      WITH page AS MATERIALIZED (
        SELECT * FROM (SELECT *, sum(bytes) OVER (ORDER BY n) - bytes AS before FROM (SELECT * FROM ${table} WHERE n > $1 ORDER BY n LIMIT ${ROWS_AT_ONCE}) next) next
        WHERE before < ${BYTES_AT_ONCE})
      ${select}`;
    for (let after = '0'; ; ) {
      const { rows } = await this.client.query<Row>({ name: table, text: sql, values: [after] });
      if (rows.length === 0) return;
      yield* rows;
      after = rows.at(-1)!.n;
    }
  }
}
