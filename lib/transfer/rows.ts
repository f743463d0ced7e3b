import { z } from '../zod';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '../comments/schema';
import { textHash } from '../identity/tokens';
import { newCommentId, newId } from '../ids';
import { cleanText } from '../text/clean';
import { commentHtml } from '../text/comment-text';
import { slugOf } from '../text/slug';
import type { Cell } from './copy';
import type { ImportedAuthor, ImportedComment, ImportedFile, ImportedPost, ImportedTerm, ImportedThread } from './form';
import { waysOf } from './thread-ways';
import { cutTo, pathOfLink, plain, shownPart, siteOf, slugFromName, MAX_SLUG, SHOWN_CHARACTERS } from './rules';

/** Lists under a reason a thing that could not be used, or not as it stands. */
export type Note = (reason: string, what: string) => void;

/** Where a record stands: its place among all of the import, and the line it begins on. */
export type Place = { no: number; line: number | null };

/** The reason under which texts are listed that are shown in part. */
export const TOO_LONG = `Texts longer than ${SHOWN_CHARACTERS} characters, kept whole but shown only so far`;

const USER_EMAIL_MAX_CHARACTERS = 254;
const emailSchema = z.email();

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
export function authorCells({ no, line }: Place, author: ImportedAuthor, note: Note): Cell[] {
  const login = loginOf(author.login);
  const email = emailOf(author.email, USER_EMAIL_MAX_CHARACTERS, note, login);
  const name = cutTo(plain(author.name) || login || 'Unknown', NAME_MAX_CHARACTERS);
  const slug = slugFromName(author.slug) || cutTo(slugOf(login || name), MAX_SLUG);
  return [no, line, newId(), login, author.number, email, name, slug, slug];
}

/** The slug and name of a category or tag; WXR 1.0 and careless tools leave one of them out. */
export function termNames(nicename: string, name: string): { slug: string; name: string } {
  const shown = plain(name);
  const slug = slugFromName(nicename) || cutTo(slugOf(shown), MAX_SLUG);
  return { slug, name: shown || slug };
}

/** The staging row of a category or tag (order: COLUMNS.s_term). */
export function termCells({ no, line }: Place, term: ImportedTerm): Cell[] {
  const { slug, name } = termNames(term.slug, term.name);
  return [no, line, newId(), term.kind, slug, name, plain(term.description), slugFromName(term.parentSlug), term.number ?? ''];
}

/** The staging row of a picture or file of the old blog (order: COLUMNS.s_attachment). */
export function fileCells(file: ImportedFile): Cell[] {
  return [file.number, file.parent, cleanText(file.address), plain(file.alt), plain(file.caption), pathOfLink(file.page)];
}

/** The staging row of a post that is here already (order: COLUMNS.s_old_post). */
export function threadCells({ no, line }: Place, item: number, thread: ImportedThread): Cell[] {
  return [no, item, line, plain(thread.title), cleanText(thread.address)];
}

/** The staging rows of the ways to find it (order: COLUMNS.s_thread_way). */
export function threadWayCells(item: number, thread: ImportedThread): Cell[][] {
  return waysOf(thread).map(({ path, number, source }, rank) => [item, rank, path, number, source]);
}

const hasLetters = (title: string) => /[\p{L}\p{N}]/u.test(title);

/** The staging row of a post or page (order: COLUMNS.s_item). */
export function postCells({ no, line }: Place, item: number, post: ImportedPost): Cell[] {
  const title = plain(post.title);
  const slug = slugFromName(post.slug) || (hasLetters(title) ? cutTo(slugOf(title), MAX_SLUG) : `post-${post.number}`);
  return [
    no, item, line, newId(), post.number, post.kind, slug, slug, title, cleanText(post.content), plain(post.excerpt), post.status,
    post.publishedAt, post.createdAt, post.updatedAt, loginOf(post.author), post.parent,
    post.menuOrder, post.sticky, post.commentsOpen, pathOfLink(post.address), cleanText(post.cover), cleanText(post.footnotes),
  ];
}

/** The staging row of a comment or mention (order: COLUMNS.s_comment), its text made safe. The address it was written from is dropped. */
export function commentCells({ no, line }: Place, item: number, comment: ImportedComment, note: Note): Cell[] {
  const what = `comment ${comment.number}`;
  const source = cleanText(comment.content);
  const shown = shownPart(source);
  if (shown !== source) note(TOO_LONG, what);
  return [
    no, item, line, newId(), newCommentId(), comment.number, comment.kind === 'mention' ? '' : comment.parent, comment.kind, comment.status,
    writerName(comment, note, what), emailOf(comment.email, EMAIL_MAX_CHARACTERS, note, what), writerSite(comment, note, what),
    comment.author, comment.createdAt, source, commentHtml(shown, 'html'), textHash(source),
  ];
}

function writerName(comment: ImportedComment, note: Note, what: string): string {
  const name = plain(comment.name) || 'Anonymous';
  const cut = cutTo(name, NAME_MAX_CHARACTERS);
  if (cut !== name) note(`Names longer than ${NAME_MAX_CHARACTERS} characters, cut`, `${what}: ${name}`);
  return cut;
}

function writerSite(comment: ImportedComment, note: Note, what: string): string | null {
  const address = cleanText(comment.website).replaceAll('&amp;', '&').replaceAll('&#038;', '&');
  if (/^(https?:\/\/)?$/i.test(address)) return null;
  const site = siteOf(address, WEBSITE_MAX_CHARACTERS);
  if (site === null) note('Websites of writers that cannot be linked (not http, or too long), left out', `${what}: ${address}`);
  return site;
}
