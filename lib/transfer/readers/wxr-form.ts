import type { ImportBatch, ImportedComment, ImportedPost, ImportRecord, TermKind } from '../form';
import { membersClosed } from './members-only';
import { PASSWORD_MAX_CHARACTERS } from '../../posts/post-form';
import { blogSource, commentKindOf, commentStatusOf, holdsPassword, momentOf, plain, postStatusOf } from '../rules';
import { OwnReading } from './wxr-own';
import { readWxr } from './wxr-reader';
import type { WxrComment, WxrItem, WxrRecord } from './wxr-schema';

const TAXONOMIES: Record<string, TermKind> = { '': 'category', category: 'category', post_tag: 'tag', tag: 'tag' };

/** What an owner calls the items that WordPress, its themes and plugins keep for themselves. */
const OTHER_ITEMS: Record<string, string> = {
  nav_menu_item: 'Entries of menus, which are made anew here', feedback: 'Messages that came through a contact form: they stay in the export file',
  revision: 'Earlier versions of posts', custom_css: 'Styles of the old theme', wp_global_styles: 'Styles of the old theme', wp_template: 'Templates of the old theme',
  wp_template_part: 'Templates of the old theme', wp_navigation: 'Entries of menus, which are made anew here', customize_changeset: 'Settings of the old theme',
  oembed_cache: 'What WordPress remembered of embedded pages', jp_mem_plan: 'Plans of paid subscriptions', jp_pay_order: 'Orders', jp_pay_product: 'Products',
};
const OTHER_TERMS: Record<string, string> = { nav_menu: 'Menus, which are made anew here', post_format: 'Formats of posts, which all look alike here', link_category: 'Groups of links in the old sidebar' };

const reasonOfItem = (type: string): string => OTHER_ITEMS[type] ?? `Items of a kind that has no place here (${type})`;
const reasonOfTerm = (taxonomy: string): string => OTHER_TERMS[taxonomy] ?? `Terms of taxonomies that have no place here (${taxonomy})`;

type Of<K extends WxrRecord['kind']> = Extract<WxrRecord, { kind: K }>;
type Note = (reason: string, what: string) => void;

function momentOfItem(item: WxrItem, now: Date, isShown: boolean, note: () => void): Date {
  const exact = momentOf(item['wp:post_date_gmt']) ?? momentOf(item.pubDate);
  if (exact) return exact;
  if (isShown) note();
  return momentOf(item['wp:post_date']) ?? now;
}

function termsOf({ terms }: WxrItem, note: Note): ImportedPost['terms'] {
  // WXR 1.0 writes each term twice, the first time without its nicename.
  const named = new Set(terms.filter((term) => term.slug).map((term) => term.name));
  return terms.flatMap(({ domain, slug, name }) => {
    if (!slug && named.has(name)) return [];
    const kind = TAXONOMIES[domain];
    if (kind) return [{ kind, slug, name }];
    note(reasonOfTerm(domain), name);
    return [];
  });
}

function postOf(item: WxrItem, kind: 'post' | 'page', now: Date, note: Note): ImportedPost {
  const number = item['wp:post_id'];
  const name = `${kind} ${number} “${plain(item.title)}”`;
  const known = postStatusOf(item['wp:status'], item['wp:post_password'] !== '');
  if (known === null) note('Posts and pages in a state that is unknown here, kept as drafts', `${name}: ${item['wp:status'] || 'no state'}`);
  const status = known ?? 'draft';
  if (holdsPassword(status) && item['wp:post_password'].length > PASSWORD_MAX_CHARACTERS) note(`Passwords longer than ${PASSWORD_MAX_CHARACTERS} characters, left out: nobody can open these posts until you give them another`, name);
  const at = momentOfItem(item, now, status !== 'draft' && status !== 'trash', () => note('Posts and pages without a date in UTC: their local time, or else today, was taken for it', name));
  return {
    number, kind, status,
    password: item['wp:post_password'],
    slug: item['wp:post_name'],
    title: item.title,
    content: item['content:encoded'],
    excerpt: item['excerpt:encoded'],
    publishedAt: status === 'draft' ? null : at,
    createdAt: at,
    updatedAt: momentOf(item['wp:post_modified_gmt']) ?? at,
    author: item['dc:creator'],
    parent: item['wp:post_parent'],
    menuOrder: item['wp:menu_order'],
    sticky: item['wp:is_sticky'],
    commentsOpen: item['wp:comment_status'] !== 'closed',
    address: item.link,
    terms: termsOf(item, note),
    cover: item.thumbnail,
    footnotes: item.footnotes,
    own: null,
  };
}

function itemRecord({ item, line, value }: Of<'item'>, now: Date, note: Note): ImportRecord | null {
  const type = value['wp:post_type'];
  if (type === 'attachment') {
    return {
      kind: 'file', line, item,
      value: {
        number: value['wp:post_id'], parent: value['wp:post_parent'], slug: value['wp:post_name'], address: value['wp:attachment_url'],
        page: value.link, alt: value.alt, caption: value['excerpt:encoded'], own: null,
      },
    };
  }
  if (type === 'wp_block') return { kind: 'block', line, value: { number: value['wp:post_id'], content: value['content:encoded'] } };
  if (type === 'post' || type === 'page') return { kind: 'post', line, item, value: postOf(value, type, now, note) };
  note(reasonOfItem(type), value.title || value['wp:post_name']);
  return null;
}

function commentRecord({ item, line, value }: Of<'comment'>, now: Date, note: Note): ImportRecord {
  const number = value['wp:comment_id'];
  const what = `comment ${number}`;
  const kind = commentKindOf(value['wp:comment_type']);
  if (kind === null) {
    return { kind: 'note', line, reason: 'Notes and other rows that are not reader comments, not imported', what: `${what} of type “${value['wp:comment_type']}”`, skipped: 'Comments' };
  }
  return { kind: 'comment', line, item, value: commentOf(value, kind, what, now, note) };
}

function commentOf(comment: WxrComment, kind: 'comment' | 'mention', what: string, now: Date, note: Note): ImportedComment {
  const status = commentStatusOf(comment['wp:comment_approved']);
  if (status === null) note('Comments in a state that is unknown here, held for moderation', `${what}: ${comment['wp:comment_approved']}`);
  const exact = momentOf(comment['wp:comment_date_gmt']);
  if (!exact) note('Comments without a date in UTC: their local time, or else today, was taken for it', what);
  return {
    kind,
    number: comment['wp:comment_id'],
    parent: comment['wp:comment_parent'],
    status: status ?? 'pending',
    name: comment['wp:comment_author'],
    email: comment['wp:comment_author_email'],
    website: comment['wp:comment_author_url'],
    author: comment['wp:comment_user_id'],
    createdAt: exact ?? momentOf(comment['wp:comment_date']) ?? now,
    content: comment['wp:comment_content'],
    own: null,
  };
}

function siteRecord({ line, value }: Of<'site'>): ImportRecord {
  const address = value['wp:base_blog_url'] || value.link || value['wp:base_site_url'];
  return { kind: 'site', line, value: { source: blogSource(address), address, title: value.title, tagline: value.description } };
}

function recordOf(record: WxrRecord, now: Date, note: Note): ImportRecord | null {
  const { line } = record;
  switch (record.kind) {
    case 'site':
      return siteRecord(record);
    case 'author': {
      const { 'wp:author_login': login, 'wp:author_id': number, 'wp:author_email': email, 'wp:author_display_name': name } = record.value;
      return { kind: 'author', line, value: { login, number, email, name, slug: '', own: null } };
    }
    case 'category': {
      const { 'wp:category_nicename': slug, 'wp:cat_name': name, 'wp:category_description': description, 'wp:category_parent': parentSlug, 'wp:term_id': number } = record.value;
      return { kind: 'term', line, value: { kind: 'category', slug, name, description, parentSlug, number } };
    }
    case 'tag': {
      const { 'wp:tag_slug': slug, 'wp:tag_name': name, 'wp:tag_description': description, 'wp:term_id': number } = record.value;
      return { kind: 'term', line, value: { kind: 'tag', slug, name, description, parentSlug: '', number } };
    }
    case 'term':
      // Export plugins list categories and tags here a second time.
      if (!TAXONOMIES[record.value['wp:term_taxonomy']]) note(reasonOfTerm(record.value['wp:term_taxonomy']), record.value['wp:term_name']);
      return null;
    case 'redirect':
    case 'gone':
      return null;
    case 'item':
      return itemRecord(record, now, note);
    case 'comment':
      return commentRecord(record, now, note);
  }
}

/**
 * Reads a WordPress export (WXR 1.0 to 1.2), ours among them, into the one form, in the order of the file; a comment comes before its item.
 * @throws BrokenFile what readWxr refuses
 */
export async function* readWordPress(path: string, now: Date): AsyncGenerator<ImportBatch> {
  let forbidden = 0;
  const own = new OwnReading();
  for await (const { records, bytesRead } of readWxr(path, (count) => void (forbidden += count))) {
    const made: ImportRecord[] = [];
    for (const record of records) {
      const note: Note = (reason, what) => void made.push({ kind: 'note', line: record.line, reason, what });
      const itself = membersClosed(own.complete(recordOf(record, now, note), record), record, note);
      if (itself) made.push(itself);
    }
    yield { records: made, bytesRead };
  }
  if (forbidden > 0) yield { records: [{ kind: 'note', line: null, reason: 'Control characters that XML forbids, left out', what: 'in all of the file', count: forbidden }], bytesRead: 0 };
}
