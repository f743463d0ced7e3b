import { t } from '../../words/t';
import { z } from '../../zod';
import { htmlBlock, isoMomentOf } from './foreign-values';
import type { ImportedPost, ImportRecord } from '../form';
import { hasGatedCard } from './ghost-gates';
import { ghostHtml } from './ghost-text';
import type { GhostTables } from './ghost-tables';
import { plain } from '../rules';
import { thingWords } from '../thing-words';

/** Stands in for the address of a blog whose export does not say it: a host that nobody can have (RFC 2606). */
export const UNKNOWN_ORIGIN = 'https://old-address-unknown.invalid';

const text = z.unknown().default(null).transform((value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''));
const trimmed = text.transform((value) => value.trim());
const yes = z.unknown().default(null).transform((value) => value === true || value === 1 || value === '1');
const moment = z.unknown().default(null).transform((value) => (typeof value === 'string' || typeof value === 'number' ? isoMomentOf(value) : null));

const postSchema = z.object({
  id: trimmed.transform((value) => (value.length <= 100 ? value : '')),
  title: text, slug: trimmed, html: text, lexical: text, mobiledoc: text, markdown: text,
  type: trimmed, page: yes, status: trimmed, visibility: trimmed,
  feature_image: trimmed, image: trimmed, author_id: trimmed, author: trimmed,
  custom_excerpt: text, codeinjection_head: trimmed, codeinjection_foot: trimmed,
  created_at: moment, updated_at: moment, published_at: moment,
});
type GhostPost = z.infer<typeof postSchema>;
type Note = (reason: string, what: string) => void;

const BY_STATUS: Record<string, ImportedPost['status']> = { draft: 'draft', published: 'published', scheduled: 'scheduled', sent: 'private' };

/** The blog as its posts need to know it. `origin` is its address without a last slash, '' for unknown. */
export type GhostBlog = { tables: GhostTables; origin: string; now: Date };

function statusOf(post: GhostPost, html: string, blog: GhostBlog, name: string, note: Note): ImportedPost['status'] {
  const status = BY_STATUS[post.status];
  if (!status) note(t('transfer.notes.postsOfUnknownState'), `${name}: ${post.status || t('transfer.names.noState')}`);
  if (!status || status === 'draft') return 'draft';
  const forMembers = post.visibility !== '' && post.visibility !== 'public';
  if (status === 'private' || forMembers || blog.tables.metaOf(post.id)?.email_only) {
    note(t('transfer.closed.membersOnly'), name);
    return 'private';
  }
  if (blog.tables.isPrivate) return 'private';
  if (!hasGatedCard(post, html)) return status;
  note(t('transfer.closed.inPart'), name);
  return 'private';
}

/** Ghost's mark for its own address, and addresses that begin at its root: pictures get the whole address, links lead to this blog. */
function settled(html: string, origin: string): string {
  return html
    // Ghost's smaller copies, of which the one it was given is the best.
    .replace(/(\/content\/images)\/size\/w\d{1,5}(?:h\d{1,5})?(?:\/format\/\w{1,9})?\//g, '$1/')
    .replace(/__GHOST_URL__(?=\/content\/)/g, origin || UNKNOWN_ORIGIN)
    .replace(/((?:src|href|poster)=["']|srcset=["']|,\s)(?=\/content\/(?:images|media|files)\/)/g, `$1${origin || UNKNOWN_ORIGIN}`)
    .replaceAll('__GHOST_URL__', origin);
}

function addressOf(address: string, origin: string): string {
  const whole = address.startsWith('//') ? `https:${address}` : address.replace(/^__GHOST_URL__/, '');
  return whole.startsWith('/') ? `${origin || UNKNOWN_ORIGIN}${whole}` : whole;
}

/** Where Ghost 0.x and 1.x showed a post if it was told to put the date into addresses. */
function oldPathOf(post: GhostPost, kind: 'post' | 'page', tables: GhostTables): string {
  const date = post.published_at?.toISOString() ?? '';
  if (kind === 'post' && date && tables.setting('permalinks') === '/:year/:month/:day/:slug/') return `/${date.slice(0, 10).replaceAll('-', '/')}/${post.slug}/`;
  return `/${post.slug}/`;
}

function termsOf(post: GhostPost, tables: GhostTables, note: Note): ImportedPost['terms'] {
  return tables.tagsOf(post.id).flatMap(({ name, slug, visibility }) => {
    if (visibility !== 'internal' && !name.startsWith('#')) return [{ kind: 'tag' as const, slug, name }];
    note(t('transfer.notes.ghostTags'), name);
    return [];
  });
}

function authorOf(post: GhostPost, tables: GhostTables, name: string, note: Note): string {
  const authors = tables.authorsOf(post.id, post.author_id || post.author);
  if (authors.length > 1) note(t('transfer.notes.severalAuthors'), `${name}: ${authors.map((author) => author.name).join(', ')}`);
  const [first] = authors;
  return first ? first.slug || first.name || first.id : '';
}

/** The picture above a post with what is said of it, where Ghost had words for it. */
function coverRecord(post: GhostPost, cover: string, line: number | null, item: number, tables: GhostTables): ImportRecord[] {
  const meta = tables.metaOf(post.id);
  if (!cover || !meta) return [];
  const value = { number: '', parent: '', slug: '', address: cover, page: '', alt: meta.feature_image_alt, caption: meta.feature_image_caption, own: null };
  return [{ kind: 'file', line, item, value }];
}

/** The records of one row of Ghost's `posts`: the post or page, notes, and the picture above it where something is said of that. */
export function ghostPostRecords(row: unknown, blog: GhostBlog, item: number, line: number | null): ImportRecord[] {
  const read = postSchema.safeParse(row);
  if (!read.success) return [{ kind: 'note', line, reason: t('transfer.notes.postsUnreadable'), what: t('transfer.things.noRow'), skipped: 'posts' }];
  const post = read.data;
  const records: ImportRecord[] = [];
  const note: Note = (reason, what) => void records.push({ kind: 'note', line, reason, what });
  const kind = post.type === 'page' || post.page ? 'page' : 'post';
  const title = post.title;
  const name = thingWords({ kind, number: '', title: plain(title) });
  const { tables, origin, now } = blog;
  const html = ghostHtml(post, (what) => note(t('transfer.notes.partsWithoutPlace'), `${name}: ${what}`));
  const status = statusOf(post, html, blog, name, note);
  const created = post.created_at ?? post.published_at ?? post.updated_at ?? now;
  if (status !== 'draft' && !post.published_at) note(t('transfer.notes.postsWithoutPublication'), name);
  if (post.codeinjection_head || post.codeinjection_foot) note(t('transfer.notes.injectedCode'), name);
  const cover = addressOf(post.feature_image || post.image, origin);
  const value: ImportedPost = {
    number: post.id, kind, status, title,
    slug: post.slug,
    content: htmlBlock(settled(html, origin)),
    excerpt: post.custom_excerpt,
    publishedAt: status === 'draft' ? null : (post.published_at ?? created),
    createdAt: created,
    updatedAt: post.updated_at ?? post.published_at ?? created,
    author: authorOf(post, tables, name, note),
    parent: '', menuOrder: 0, sticky: false, commentsOpen: true,
    address: post.slug === '' || status === 'draft' ? '' : `${origin}${oldPathOf(post, kind, tables)}`,
    terms: termsOf(post, tables, note),
    cover,
    footnotes: '',
    own: null,
  };
  return [...records, ...coverRecord(post, cover, line, item, tables), { kind: 'post', line, item, value }];
}
