import type { PostStatus } from '../../db/generated/enums';
import { postPath } from '../../posts/rules';
import { passwordToTake, type AuthorRow, type CommentRow, type FileRow, type PostRow, type SiteRow, type TermRow } from './rows';
import { isXmlText, OWN_NAMESPACE } from '../own-schema';
import { asHtml, cdata, escaped, gmtDate, own, ownText, rssDate } from './wxr-text';

// Each thing as WordPress writes it (wp-admin/includes/export.php), elements in its order: one of its parsers finds them by
// pattern, and takes `<wp:post_date_gmt>` for `<wp:post_date>` where it comes first.

/** What writing an element needs to know: where the blog is, when it is, and its local time. */
export type Writing = { address: string; now: Date; localDate: (at: Date) => string };

// WordPress lets nobody in by another name.
const PLAIN_LOGIN = /^(?!author\.\d+$)[a-z0-9][a-z0-9._-]*$/;
const loginOf = (slug: string | null, number: string): string => (slug !== null && PLAIN_LOGIN.test(slug) ? slug : `author.${number}`);

/** What begins the file, up to the first author. */
export function headXml(site: SiteRow, { address, now }: Writing): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file (WXR). WordPress takes it under Tools, Import; this blog takes it by: npm run import. -->
<!-- What WordPress does not know of a blog stands in elements that begin with "soapbox:", which it passes over. -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/"
\txmlns:soapbox="${OWN_NAMESPACE}"
>
<channel>
\t<title>${asHtml(site.title)}</title>
\t<link>${escaped(address)}</link>
\t<description>${asHtml(site.tagline)}</description>
\t<pubDate>${rssDate(now)}</pubDate>
\t<language>${escaped(site.language)}</language>
\t<wp:wxr_version>1.2</wp:wxr_version>
\t<wp:base_site_url>${escaped(address)}</wp:base_site_url>
\t<wp:base_blog_url>${escaped(address)}</wp:base_blog_url>
\t${own(site)}
`;
}

export const TAIL_XML = '</channel>\n</rss>\n';

/** An author, on one line. Their role stays here: WordPress asks who they shall be. */
export function authorXml({ n, id, name, slug, email, about, website, keys }: AuthorRow): string {
  const login = loginOf(slug, n);
  return (
    `\t<wp:author><wp:author_id>${n}</wp:author_id><wp:author_login>${cdata(login)}</wp:author_login><wp:author_email>${cdata(email ?? '')}</wp:author_email>` +
    `<wp:author_display_name>${asHtml(name ?? '')}</wp:author_display_name><wp:author_first_name><![CDATA[]]></wp:author_first_name><wp:author_last_name><![CDATA[]]></wp:author_last_name>` +
    `${own({ id, name, slug, about, website, keys })}</wp:author>\n`
  );
}

/** A category or tag, on one line. */
export function termXml({ n, id, kind, slug, name, description, parentSlug, keys }: TermRow): string {
  const more = own({ id, slug, name, description, keys });
  if (kind === 'tag') return `\t<wp:tag><wp:term_id>${n}</wp:term_id><wp:tag_slug>${cdata(slug)}</wp:tag_slug><wp:tag_name>${asHtml(name)}</wp:tag_name><wp:tag_description>${asHtml(description)}</wp:tag_description>${more}</wp:tag>\n`;
  return (
    `\t<wp:category><wp:term_id>${n}</wp:term_id><wp:category_nicename>${cdata(slug)}</wp:category_nicename><wp:category_parent>${cdata(parentSlug ?? '')}</wp:category_parent>` +
    `<wp:cat_name>${asHtml(name)}</wp:cat_name><wp:category_description>${asHtml(description)}</wp:category_description>${more}</wp:category>\n`
  );
}

/** An element that only an export of ours has. */
export const ownXml = (name: 'redirect' | 'gone', value: unknown): string => `\t<soapbox:${name}>${own(value)}</soapbox:${name}>\n`;

/** The password as WordPress has it; '' for none. It takes as many characters as we do, and cannot know what XML does not carry. */
function wordPressPassword(post: Pick<PostRow, 'status' | 'password'>): string {
  const password = passwordToTake(post);
  return password !== null && password.trim() !== '' && isXmlText(password) ? password : '';
}

/**
 * WordPress's word for a state. What is not public here is not public there, whatever its date. A password is beside a
 * published post there: without one that can be given, it is nobody's.
 */
function wordPressStatus(post: Pick<PostRow, 'status' | 'publishedAt' | 'password'>, now: Date): string {
  const { status, publishedAt } = post;
  const ofLocked = wordPressPassword(post) === '' || publishedAt === null ? 'private' : publishedAt > now ? 'future' : 'publish';
  const words: Record<PostStatus, string> = { published: 'publish', scheduled: 'future', draft: 'draft', unlisted: 'private', private: 'private', password: ofLocked, trash: 'trash' };
  // There, what was to appear at a moment that is over appears at once.
  return status === 'scheduled' && publishedAt !== null && publishedAt <= now ? 'draft' : words[status];
}

const isOpen = ({ commentsOpen, commentsCloseAt }: PostRow, now: Date) => commentsOpen && (commentsCloseAt === null || commentsCloseAt > now);

function termsXml({ terms }: PostRow): string {
  return terms.map(({ kind, slug, name }) => `\t\t<category domain="${kind === 'tag' ? 'post_tag' : 'category'}" nicename="${escaped(slug)}">${asHtml(name)}</category>\n`).join('');
}

const metaXml = (key: string, value: string): string => `\t\t<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>\n`;

function ownPostXml(post: PostRow): string {
  const { id, authorId, parentId, slug, title, excerpt, isOwnExcerpt, status, password, publishedAt, createdAt, updatedAt, menuOrder, commentsOpen, commentsByAge, commentsCloseAt, care, helpline, terms, oldPaths, keys } = post;
  const html = ownText('html', post.html);
  const slugs = (kind: 'category' | 'tag') => terms.filter((term) => term.kind === kind).map((term) => term.slug);
  const said = {
    id, authorId, parentId, slug, title, excerpt, isOwnExcerpt, status, password, publishedAt, createdAt, updatedAt, menuOrder, commentsOpen, commentsByAge, commentsCloseAt, care, helpline,
    categories: slugs('category'), tags: slugs('tag'), oldPaths, keys, ...html.field, ...ownText('source', post.source).field,
  };
  return `\t\t${own(said)}${html.element}\n`;
}

/** A post or page, up to its comments. */
export function postXml(post: PostRow, { address, now, localDate }: Writing): string {
  const at = post.publishedAt ?? post.createdAt;
  return `\t<item>
\t\t<title>${asHtml(post.title)}</title>
\t\t<link>${escaped(address + postPath(post))}</link>
\t\t<pubDate>${rssDate(at)}</pubDate>
\t\t<dc:creator>${cdata(loginOf(post.authorSlug, post.authorNumber))}</dc:creator>
\t\t<guid isPermaLink="false">urn:uuid:${post.id}</guid>
\t\t<description></description>
\t\t<content:encoded>${cdata(post.source)}</content:encoded>
\t\t<excerpt:encoded>${asHtml(post.excerpt)}</excerpt:encoded>
\t\t<wp:post_id>${post.n}</wp:post_id>
\t\t<wp:post_date>${cdata(localDate(at))}</wp:post_date>
\t\t<wp:post_date_gmt>${cdata(gmtDate(at))}</wp:post_date_gmt>
\t\t<wp:post_modified>${cdata(localDate(post.updatedAt))}</wp:post_modified>
\t\t<wp:post_modified_gmt>${cdata(gmtDate(post.updatedAt))}</wp:post_modified_gmt>
\t\t<wp:comment_status>${cdata(isOpen(post, now) ? 'open' : 'closed')}</wp:comment_status>
\t\t<wp:ping_status>${cdata('closed')}</wp:ping_status>
\t\t<wp:post_name>${cdata(post.slug)}</wp:post_name>
\t\t<wp:status>${cdata(wordPressStatus(post, now))}</wp:status>
\t\t<wp:post_parent>${post.parentNumber ?? 0}</wp:post_parent>
\t\t<wp:menu_order>${post.menuOrder}</wp:menu_order>
\t\t<wp:post_type>${cdata(post.kind)}</wp:post_type>
\t\t<wp:post_password>${cdata(wordPressPassword(post))}</wp:post_password>
\t\t<wp:is_sticky>${post.sticky ? 1 : 0}</wp:is_sticky>
${termsXml(post)}${post.coverNumber === null ? '' : metaXml('_thumbnail_id', post.coverNumber)}${ownPostXml(post)}`;
}

export const POST_END_XML = '\t</item>\n';

const APPROVED = { approved: '1', pending: '0', spam: 'spam', trash: 'trash', deleted: 'trash' } as const;

/**
 * A comment or mention. WordPress gets what readers see here: it would not make safe what a reader typed. What was typed
 * stands beside it.
 */
export function commentXml(comment: CommentRow, { localDate }: Writing): string {
  const { n, id, parentId, parentNumber, publicId, legacyNumber, kind, userId, userNumber, name, email, website, html, format, status, createdAt, editedAt, mention, keys } = comment;
  const source = ownText('source', comment.source);
  return `\t\t<wp:comment>
\t\t\t<wp:comment_id>${n}</wp:comment_id>
\t\t\t<wp:comment_author>${asHtml(name)}</wp:comment_author>
\t\t\t<wp:comment_author_email>${cdata(email ?? '')}</wp:comment_author_email>
\t\t\t<wp:comment_author_url>${cdata(website ?? '')}</wp:comment_author_url>
\t\t\t<wp:comment_author_IP></wp:comment_author_IP>
\t\t\t<wp:comment_date>${cdata(localDate(createdAt))}</wp:comment_date>
\t\t\t<wp:comment_date_gmt>${cdata(gmtDate(createdAt))}</wp:comment_date_gmt>
\t\t\t<wp:comment_content>${cdata(html)}</wp:comment_content>
\t\t\t<wp:comment_approved>${cdata(APPROVED[status])}</wp:comment_approved>
\t\t\t<wp:comment_type>${cdata(kind === 'mention' ? 'pingback' : 'comment')}</wp:comment_type>
\t\t\t<wp:comment_parent>${parentNumber ?? 0}</wp:comment_parent>
\t\t\t<wp:comment_user_id>${userNumber ?? 0}</wp:comment_user_id>
\t\t\t${own({ id, parentId, userId, publicId, legacyNumber, status, name, website, format, createdAt, editedAt, keys, ...(mention && { mention }), ...source.field })}${source.element}
\t\t</wp:comment>
`;
}

/** A kept file as an attachment. Where it once came from is its `guid`: WordPress leads what names it to its own copy. */
export function fileXml(file: FileRow, path: string, { address, localDate }: Writing): string {
  const { n, id, sha256, name, alt, createdAt, addresses } = file;
  const from = addresses[0];
  return `\t<item>
\t\t<title>${asHtml(name || sha256)}</title>
\t\t<link>${escaped(address + path)}</link>
\t\t<pubDate>${rssDate(createdAt)}</pubDate>
\t\t<dc:creator>${cdata('')}</dc:creator>
\t\t<guid isPermaLink="false">${escaped(from === undefined ? address + path : `https://${from}`)}</guid>
\t\t<description></description>
\t\t<content:encoded><![CDATA[]]></content:encoded>
\t\t<excerpt:encoded><![CDATA[]]></excerpt:encoded>
\t\t<wp:post_id>${n}</wp:post_id>
\t\t<wp:post_date>${cdata(localDate(createdAt))}</wp:post_date>
\t\t<wp:post_date_gmt>${cdata(gmtDate(createdAt))}</wp:post_date_gmt>
\t\t<wp:comment_status>${cdata('closed')}</wp:comment_status>
\t\t<wp:ping_status>${cdata('closed')}</wp:ping_status>
\t\t<wp:post_name>${cdata(sha256.slice(0, 20))}</wp:post_name>
\t\t<wp:status>${cdata('inherit')}</wp:status>
\t\t<wp:post_parent>0</wp:post_parent>
\t\t<wp:menu_order>0</wp:menu_order>
\t\t<wp:post_type>${cdata('attachment')}</wp:post_type>
\t\t<wp:post_password>${cdata('')}</wp:post_password>
\t\t<wp:is_sticky>0</wp:is_sticky>
\t\t<wp:attachment_url>${cdata(address + path)}</wp:attachment_url>
${metaXml('_wp_attachment_image_alt', alt)}\t\t${own({ id, sha256, name, alt, createdAt, addresses })}
\t</item>
`;
}
