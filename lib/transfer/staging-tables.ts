/** The columns of each staging table that COPY fills, in order. Everything is a text of the export already made ours. */
export const COLUMNS = {
  s_author: ['no', 'line', 'id', 'login', 'number', 'email', 'name', 'slug', 'nicename', 'is_own', 'about', 'website'],
  s_term: ['no', 'line', 'id', 'kind', 'slug', 'name', 'description', 'parent_slug', 'number', 'is_own', 'key'],
  s_item_term: ['item', 'kind', 'slug', 'name'],
  s_item: [
    'no', 'item', 'line', 'id', 'number', 'kind', 'slug', 'wanted_slug', 'title', 'source', 'excerpt', 'is_own_excerpt', 'status', 'password', 'published_at', 'created_at',
    'updated_at', 'author_login', 'parent_number', 'menu_order', 'sticky', 'comments_open', 'old_path', 'cover', 'footnotes',
    'is_own', 'care', 'comments_by_age', 'comments_close_at', 'helpline', 'own_html',
  ],
  /** Posts that are here already and only get comments, and the ways to find them. */
  s_old_post: ['no', 'item', 'line', 'title', 'address'],
  s_thread_way: ['item', 'rank', 'path', 'number', 'source'],
  s_post_text: ['item', 'html', 'excerpt', 'cover_sha256'],
  s_attachment: ['number', 'parent_number', 'url', 'alt', 'caption', 'page_path'],
  s_block: ['number', 'content'],
  /** What posts would show if it could be had (lib/text/own-media.ts), `addresses` as JSON. */
  s_wanted: ['item', 'kind', 'addresses', 'alt'],
  s_comment: [
    'no', 'item', 'line', 'id', 'public_id', 'number', 'parent_number', 'kind', 'status', 'name', 'email', 'website', 'user_number',
    'created_at', 'source', 'html', 'source_hash', 'is_own', 'legacy_number', 'format', 'edited_at', 'mention',
  ],
  /** What an export of ours says besides: by which keys of earlier imports a thing is known, old addresses, kept files. */
  s_key: ['of', 'number', 'source', 'kind', 'external'],
  s_redirect: ['number', 'path', 'fixed'],
  s_own_file: ['number', 'id', 'sha256', 'name', 'alt', 'created_at', 'addresses'],
} as const;

export type StagingTable = keyof typeof COLUMNS;

const type: Record<string, string> = {
  no: 'bigint', item: 'bigint', line: 'bigint', id: 'uuid', published_at: 'timestamptz(3)', created_at: 'timestamptz(3)', updated_at: 'timestamptz(3)',
  menu_order: 'int', rank: 'int', sticky: 'boolean', comments_open: 'boolean', is_own: 'boolean', is_own_excerpt: 'boolean', comments_by_age: 'boolean', comments_close_at: 'timestamptz(3)', edited_at: 'timestamptz(3)',
};

const table = (name: StagingTable, more = '') =>
  `CREATE UNLOGGED TABLE ${name} (${COLUMNS[name].map((column) => `${column} ${type[column] ?? 'text'}`).join(', ')}${more})`;

/** Makes the staging tables in the first schema of the search path. `by_key`: known here by a key of an earlier import alone, which any file may claim. Indexes are made when all is in. */
export const STAGING_TABLES = [
  table('s_author', ', target uuid, state text, by_key boolean NOT NULL DEFAULT false'),
  table('s_term', ', target uuid, state text, by_key boolean NOT NULL DEFAULT false'),
  table('s_item_term'),
  table('s_item', ', target uuid, state text, by_key boolean NOT NULL DEFAULT false'),
  table('s_old_post', ', target uuid'),
  table('s_thread_way'),
  table('s_post_text'),
  table('s_attachment'),
  table('s_block'),
  table('s_wanted'),
  table('s_comment'),
  table('s_key'),
  table('s_redirect'),
  table('s_own_file'),
].join(';\n');

/** Makes what was staged quick to find. */
export const STAGING_INDEXES = `
  CREATE INDEX ON s_item (item); CREATE INDEX ON s_item (number); CREATE INDEX ON s_item (kind, slug);
  CREATE INDEX ON s_attachment (number); CREATE INDEX ON s_attachment (parent_number); CREATE INDEX ON s_attachment (url); CREATE INDEX ON s_block (number); CREATE INDEX ON s_wanted (item); CREATE INDEX ON s_post_text (item);
  CREATE INDEX ON s_author (login); CREATE INDEX ON s_term (kind, slug); CREATE INDEX ON s_comment (number); CREATE INDEX ON s_key (of, number); CREATE INDEX ON s_own_file (number);
  CREATE INDEX ON s_old_post (item); ANALYZE s_old_post; ANALYZE s_thread_way;
  ANALYZE s_author; ANALYZE s_term; ANALYZE s_item; ANALYZE s_item_term; ANALYZE s_attachment; ANALYZE s_comment; ANALYZE s_key`;
