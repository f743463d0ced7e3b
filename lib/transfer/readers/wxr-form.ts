import { t } from '../../words/t';
import type { ImportBatch, ImportedComment, ImportedPost, ImportRecord, TermKind } from '../form';
import { membersClosed } from './members-only';
import { PASSWORD_MAX_CHARACTERS } from '../../posts/post-form';
import { blogSource, commentKindOf, commentStatusOf, holdsPassword, momentOf, plain, postStatusOf } from '../rules';
import { thingWords } from '../thing-words';
import { OwnReading } from './wxr-own';
import { readWxr } from './wxr-reader';
import type { WxrComment, WxrItem, WxrRecord } from './wxr-schema';

const TAXONOMIES: Record<string, TermKind> = { '': 'category', category: 'category', post_tag: 'tag', tag: 'tag' };

/** What an owner calls the items that WordPress, its themes and plugins keep for themselves. */
const OTHER_ITEMS = {
  nav_menu_item: 'menuEntries', feedback: 'contactMessages', revision: 'earlierVersions', custom_css: 'themeStyles', wp_global_styles: 'themeStyles', wp_template: 'themeTemplates',
  wp_template_part: 'themeTemplates', wp_navigation: 'menuEntries', customize_changeset: 'themeSettings', oembed_cache: 'embeddedPages', jp_mem_plan: 'paidPlans', jp_pay_order: 'orders', jp_pay_product: 'products',
} as const;
const OTHER_TERMS = { nav_menu: 'menus', post_format: 'postFormats', link_category: 'linkGroups' } as const;

const isAmong = <Names extends object>(name: PropertyKey, names: Names): name is keyof Names => Object.hasOwn(names, name);
const reasonOfItem = (type: string): string => (isAmong(type, OTHER_ITEMS) ? t(`transfer.wordPressKeeps.${OTHER_ITEMS[type]}`) : t('transfer.notes.itemsOfOtherKind', { kind: type }));
const reasonOfTerm = (taxonomy: string): string => (isAmong(taxonomy, OTHER_TERMS) ? t(`transfer.wordPressKeeps.${OTHER_TERMS[taxonomy]}`) : t('transfer.notes.termsOfOtherKind', { taxonomy }));

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
  const name = thingWords({ kind, number, title: plain(item.title) });
  const known = postStatusOf(item['wp:status'], item['wp:post_password'] !== '');
  if (known === null) note(t('transfer.notes.postsOfUnknownState'), `${name}: ${item['wp:status'] || t('transfer.names.noState')}`);
  const status = known ?? 'draft';
  if (holdsPassword(status) && item['wp:post_password'].length > PASSWORD_MAX_CHARACTERS) note(t('transfer.notes.passwordsTooLong', { max: String(PASSWORD_MAX_CHARACTERS) }), name);
  const at = momentOfItem(item, now, status !== 'draft' && status !== 'trash', () => note(t('transfer.notes.postsWithoutUtc'), name));
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
  const what = () => thingWords({ kind: 'comment', number });
  const kind = commentKindOf(value['wp:comment_type']);
  if (kind === null) {
    return { kind: 'note', line, reason: t('transfer.notes.noReaderComments'), what: t('transfer.things.ofType', { thing: what(), type: value['wp:comment_type'] }), skipped: 'comments' };
  }
  return { kind: 'comment', line, item, value: commentOf(value, kind, what, now, note) };
}

function commentOf(comment: WxrComment, kind: 'comment' | 'mention', what: () => string, now: Date, note: Note): ImportedComment {
  const status = commentStatusOf(comment['wp:comment_approved']);
  if (status === null) note(t('transfer.notes.commentsOfUnknownState'), `${what()}: ${comment['wp:comment_approved']}`);
  const exact = momentOf(comment['wp:comment_date_gmt']);
  if (!exact) note(t('transfer.notes.commentsWithoutUtc'), what());
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
  if (forbidden > 0) yield { records: [{ kind: 'note', line: null, reason: t('transfer.notes.controlCharacters'), what: t('transfer.things.wholeFile'), count: forbidden }], bytesRead: 0 };
}
