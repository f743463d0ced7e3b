import { z } from '../../zod';

const text = z.string().default('');
const trimmed = text.transform((value) => value.trim());
/** A number of WordPress's; leading zeros aside, so that `007` and `7` are one. Empty where there is none. */
const number = trimmed.transform((value) => (/^\d{1,18}$/.test(value) ? value.replace(/^0+(?=\d)/, '') : ''));
const parent = number.transform((value) => (value === '0' ? '' : value));
/** A row's own number: zero and none are no number. */
const ownNumber = parent;

/** What our own exports say besides, as JSON (own-schema.ts), and texts as they are here. */
const own = text;
export const ownSchema = z.object({ 'soapbox:own': own });

// WordPress's own words for what a WXR file says; lib/transfer/readers/wxr-form.ts makes ours of them.

export const authorSchema = z.object({
  'wp:author_id': parent,
  'wp:author_login': trimmed,
  'wp:author_email': trimmed,
  'wp:author_display_name': trimmed,
  'soapbox:own': own,
});

export const categorySchema = z.object({
  'wp:term_id': parent,
  'wp:category_nicename': trimmed,
  'wp:category_parent': trimmed,
  'wp:cat_name': trimmed,
  'wp:category_description': trimmed,
  'soapbox:own': own,
});

export const tagSchema = z.object({ 'wp:term_id': parent, 'wp:tag_slug': trimmed, 'wp:tag_name': trimmed, 'wp:tag_description': trimmed, 'soapbox:own': own });

export const termSchema = z.object({ 'wp:term_taxonomy': trimmed, 'wp:term_slug': trimmed, 'wp:term_name': trimmed });

const itemTerm = z.object({ domain: z.string(), slug: z.string(), name: z.string() });

/** What of a post's meta data we read, and the field it becomes. */
export const META_FIELDS: Readonly<Record<string, string>> = {
  _wp_attachment_image_alt: 'alt', _thumbnail_id: 'thumbnail', footnotes: 'footnotes',
  // Who may read it: Jetpack and WordPress.com, Patreon, and the plugin Members.
  _jetpack_newsletter_access: 'access', _jetpack_memberships_contains_paywalled_content: 'paywalled', 'patreon-level': 'patrons', _members_access_role: 'roles',
};

export const itemSchema = z.object({
  title: text,
  link: trimmed,
  pubDate: trimmed,
  'dc:creator': trimmed,
  'content:encoded': text,
  'excerpt:encoded': text,
  'wp:post_id': ownNumber,
  'wp:post_date': trimmed,
  'wp:post_date_gmt': trimmed,
  'wp:post_modified_gmt': trimmed,
  'wp:comment_status': trimmed,
  'wp:post_name': trimmed,
  'wp:status': trimmed,
  'wp:post_parent': parent,
  'wp:menu_order': trimmed.transform((value) => (/^-?\d{1,9}$/.test(value) ? Number(value) : 0)),
  'wp:post_type': trimmed.transform((value) => value || 'post'),
  'wp:post_password': text,
  'wp:is_sticky': trimmed.transform((value) => value === '1'),
  'wp:attachment_url': trimmed,
  // Of its postmeta (META_FIELDS).
  alt: trimmed,
  thumbnail: parent,
  footnotes: text,
  access: trimmed,
  paywalled: trimmed,
  patrons: trimmed,
  roles: trimmed,
  'soapbox:own': own,
  'soapbox:html': text,
  terms: z.array(itemTerm).default([]),
});

export const commentSchema = z.object({
  'wp:comment_id': ownNumber,
  'wp:comment_author': trimmed,
  'wp:comment_author_email': trimmed,
  'wp:comment_author_url': trimmed,
  'wp:comment_date': trimmed,
  'wp:comment_date_gmt': trimmed,
  'wp:comment_content': text,
  'wp:comment_approved': trimmed,
  'wp:comment_type': trimmed,
  'wp:comment_parent': parent,
  'wp:comment_user_id': parent,
  'soapbox:own': own,
  'soapbox:source': z.string().optional(),
});

export const siteSchema = z.object({ title: trimmed, description: trimmed, link: trimmed, 'wp:base_site_url': trimmed, 'wp:base_blog_url': trimmed, 'soapbox:own': own });

export type WxrAuthor = z.infer<typeof authorSchema>;
export type WxrCategory = z.infer<typeof categorySchema>;
export type WxrTag = z.infer<typeof tagSchema>;
export type WxrTerm = z.infer<typeof termSchema>;
export type WxrItem = z.infer<typeof itemSchema>;
export type WxrComment = z.infer<typeof commentSchema>;
export type WxrSite = z.infer<typeof siteSchema>;

/** One thing a WXR file says, with the line it begins on. `item` counts the items of the file from 1; a comment's comes before its item's end. */
export type WxrRecord =
  | { kind: 'site'; line: number; value: WxrSite }
  | { kind: 'author'; line: number; value: WxrAuthor }
  | { kind: 'category'; line: number; value: WxrCategory }
  | { kind: 'tag'; line: number; value: WxrTag }
  | { kind: 'term'; line: number; value: WxrTerm }
  | { kind: 'redirect' | 'gone'; line: number; value: z.infer<typeof ownSchema> }
  | { kind: 'item'; line: number; item: number; value: WxrItem }
  | { kind: 'comment'; line: number; item: number; value: WxrComment };
