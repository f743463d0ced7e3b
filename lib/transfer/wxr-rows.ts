import { z } from '../zod';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '../comments/schema';
import { textHash } from '../identity/tokens';
import { newCommentId, newId } from '../ids';
import { cleanText } from '../text/clean';
import { commentHtml } from '../text/comment-text';
import { plainText } from '../text/plain';
import { slugOf } from '../text/slug';
import type { Cell } from './copy';
import { commentKindOf, commentStatusOf, cutTo, momentOf, pathOfLink, postStatusOf, shownPart, siteOf, slugFromName, MAX_SLUG, SHOWN_CHARACTERS } from './rules';
import type { WxrAuthor, WxrCategory, WxrComment, WxrItem, WxrTag } from './schema';

/** Lists under a reason a thing that could not be used, or not as it stands. */
export type Note = (reason: string, what: string) => void;

/** The reason under which texts are listed that are shown in part. */
export const TOO_LONG = `Texts longer than ${SHOWN_CHARACTERS} characters, kept whole but shown only so far`;

const USER_EMAIL_MAX_CHARACTERS = 254;
const emailSchema = z.email();

/** A name as plain text: WordPress keeps names and titles with entities, some with markup. */
function plain(value: string): string {
  const text = /[<&]/.test(value) ? plainText(value) : value;
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function emailOf(value: string, max: number, note: Note, who: string): string | null {
  if (value === '') return null;
  const email = value.toLowerCase();
  if (email.length <= max && emailSchema.safeParse(email).success) return email;
  note('E-mail addresses that are none, left out', `${who}: ${value}`);
  return null;
}

const LOGIN_MAX_CHARACTERS = 200;
const loginOf = (login: string) => cutTo(cleanText(login), LOGIN_MAX_CHARACTERS);

/** The staging row of an author (order: COLUMNS.s_author). */
export function authorCells(no: number, line: number, author: WxrAuthor, note: Note): Cell[] {
  const login = loginOf(author['wp:author_login']);
  const email = emailOf(author['wp:author_email'], USER_EMAIL_MAX_CHARACTERS, note, login);
  const name = cutTo(plain(author['wp:author_display_name']) || login || 'Unknown', NAME_MAX_CHARACTERS);
  return [no, line, newId(), login, author['wp:author_id'], email, name, cutTo(slugOf(login || name), MAX_SLUG)];
}

/** The slug and name of a category or tag; WXR 1.0 and careless tools leave one of them out. */
export function termNames(nicename: string, name: string): { slug: string; name: string } {
  const shown = plain(name);
  const slug = slugFromName(nicename) || cutTo(slugOf(shown), MAX_SLUG);
  return { slug, name: shown || slug };
}

/** The staging row of a category (order: COLUMNS.s_term). */
export function categoryCells(no: number, line: number, category: WxrCategory): Cell[] {
  const { slug, name } = termNames(category['wp:category_nicename'], category['wp:cat_name']);
  return [no, line, newId(), 'category', slug, name, plain(category['wp:category_description']), slugFromName(category['wp:category_parent'])];
}

/** The staging row of a tag (order: COLUMNS.s_term). */
export function tagCells(no: number, line: number, tag: WxrTag): Cell[] {
  const { slug, name } = termNames(tag['wp:tag_slug'], tag['wp:tag_name']);
  return [no, line, newId(), 'tag', slug, name, plain(tag['wp:tag_description']), ''];
}

/** The staging row of a picture or file of the old blog (order: COLUMNS.s_attachment). */
export function attachmentCells(item: WxrItem): Cell[] {
  return [item['wp:post_id'], item['wp:post_parent'], cleanText(item['wp:attachment_url']), plain(item.alt), plain(item['excerpt:encoded'])];
}

function itemMoment(item: WxrItem, now: Date, isPublic: boolean, name: string, note: Note): Date {
  const exact = momentOf(item['wp:post_date_gmt']) ?? momentOf(item.pubDate);
  if (exact) return exact;
  const local = momentOf(item['wp:post_date']);
  if (isPublic) note('Posts and pages without a date in UTC: their local time, or else today, was taken for it', name);
  return local ?? now;
}

const hasLetters = (title: string) => /[\p{L}\p{N}]/u.test(title);

/** The staging row of a post or page (order: COLUMNS.s_item). */
export function itemCells(no: number, line: number, item: WxrItem, now: Date, note: Note): Cell[] {
  const title = plain(item.title);
  const number = item['wp:post_id'];
  const name = `${item['wp:post_type']} ${number} “${title}”`;
  const known = postStatusOf(item['wp:status'], item['wp:post_password'] !== '');
  if (known === null) note('Posts and pages in a state that is unknown here, kept as drafts', `${name}: ${item['wp:status'] || 'no state'}`);
  const status = known ?? 'draft';
  const at = itemMoment(item, now, status !== 'draft' && status !== 'trash', name, note);
  const slug = slugFromName(item['wp:post_name']) || (hasLetters(title) ? cutTo(slugOf(title), MAX_SLUG) : `post-${number}`);
  return [
    no, line, newId(), number, item['wp:post_type'], slug, slug, title, cleanText(item['content:encoded']), plain(item['excerpt:encoded']), status,
    status === 'draft' ? null : at, at, momentOf(item['wp:post_modified_gmt']) ?? at, loginOf(item['dc:creator']), item['wp:post_parent'],
    item['wp:menu_order'], item['wp:is_sticky'], item['wp:comment_status'] !== 'closed', pathOfLink(item.link),
  ];
}

/**
 * The staging row of a comment or mention (order: COLUMNS.s_comment), its text made safe; null for what is not imported:
 * types that may be internal, and rows without a number. The address it was written from is dropped.
 */
export function commentCells(no: number, item: number, line: number, comment: WxrComment, now: Date, note: Note): Cell[] | null {
  const number = comment['wp:comment_id'];
  const kind = commentKindOf(comment['wp:comment_type']);
  const what = `comment ${number}`;
  if (kind === null) note('Notes and other rows that are not reader comments, not imported', `${what} of type “${comment['wp:comment_type']}”`);
  else if (number === '') note('Comments without a number, which a second import could not know again, not imported', comment['wp:comment_author']);
  if (kind === null || number === '') return null;
  const status = commentStatusOf(comment['wp:comment_approved']);
  if (status === null) note('Comments in a state that is unknown here, held for moderation', `${what}: ${comment['wp:comment_approved']}`);
  const source = cleanText(comment['wp:comment_content']);
  const shown = shownPart(source);
  if (shown !== source) note(TOO_LONG, what);
  return [
    no, item, line, newId(), newCommentId(), number, kind === 'mention' ? '' : comment['wp:comment_parent'], kind, status ?? 'pending',
    writerName(comment, note, what), emailOf(comment['wp:comment_author_email'], EMAIL_MAX_CHARACTERS, note, what), writerSite(comment, note, what),
    comment['wp:comment_user_id'], commentMoment(comment, now, note, what), source, commentHtml(shown, 'html'), textHash(source),
  ];
}

function writerName(comment: WxrComment, note: Note, what: string): string {
  const name = plain(comment['wp:comment_author']) || 'Anonymous';
  const cut = cutTo(name, NAME_MAX_CHARACTERS);
  if (cut !== name) note(`Names longer than ${NAME_MAX_CHARACTERS} characters, cut`, `${what}: ${name}`);
  return cut;
}

function writerSite(comment: WxrComment, note: Note, what: string): string | null {
  const address = cleanText(comment['wp:comment_author_url']).replaceAll('&amp;', '&').replaceAll('&#038;', '&');
  if (/^(https?:\/\/)?$/i.test(address)) return null;
  const site = siteOf(address, WEBSITE_MAX_CHARACTERS);
  if (site === null) note('Websites of writers that cannot be linked (not http, or too long), left out', `${what}: ${address}`);
  return site;
}

function commentMoment(comment: WxrComment, now: Date, note: Note, what: string): Date {
  const exact = momentOf(comment['wp:comment_date_gmt']);
  if (exact) return exact;
  note('Comments without a date in UTC: their local time, or else today, was taken for it', what);
  return momentOf(comment['wp:comment_date']) ?? now;
}
