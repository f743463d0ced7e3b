import { t } from '../words/t';
import { z } from '../zod';
import { PASSWORD_MAX_CHARACTERS } from '../posts/post-form';
import { HELPLINE_MAX_CHARACTERS } from '../posts/schema';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS } from '../comments/schema';
import { textHash } from '../identity/tokens';
import { ADDRESS_MAX_CHARACTERS } from '../mentions/schema';
import { newCommentId, newId } from '../ids';
import { cleanText } from '../text/clean';
import { commentHtml } from '../text/comment-text';
import { slugOf } from '../text/slug';
import type { Cell } from './copy';
import type { ImportedAuthor, ImportedComment, ImportedFile, ImportedPost, ImportedTerm, ImportedThread } from './form';
import { thingWords } from './thing-words';
import { waysOf } from './thread-ways';
import { cutTo, holdsPassword, ownSlug, pathOfLink, plain, shownPart, siteOf, slugFromName, MAX_SLUG, SHOWN_CHARACTERS } from './rules';

/** Lists under a reason a thing that could not be used, or not as it stands. */
export type Note = (reason: string, what: string) => void;

/** Where a record stands: its place among all of the import, and the line it begins on. */
export type Place = { no: number; line: number | null };

/** The reason under which texts are listed that are shown in part. */
export const tooLong = (): string => t('transfer.notes.textsTooLong', { max: String(SHOWN_CHARACTERS) });

const USER_EMAIL_MAX_CHARACTERS = 254;
const emailSchema = z.email();

function emailOf(value: string, max: number, note: Note, who: () => string): string | null {
  if (value === '') return null;
  const email = value.toLowerCase();
  if (email.length <= max && emailSchema.safeParse(email).success) return email;
  note(t('transfer.notes.emailsNone'), `${who()}: ${value}`);
  return null;
}

const LOGIN_MAX_CHARACTERS = 200;
const loginOf = (login: string) => cutTo(cleanText(login), LOGIN_MAX_CHARACTERS);

/** What an export of ours says exactly; anything else is a foreign blog's text, plain on one line. */
const shownText = (value: string, own: unknown): string => (own ? cleanText(value) : plain(value));

/** The staging row of an author (order: COLUMNS.s_author). */
export function authorCells({ no, line }: Place, author: ImportedAuthor, note: Note): Cell[] {
  const { own } = author;
  const login = loginOf(author.login);
  const email = emailOf(author.email, USER_EMAIL_MAX_CHARACTERS, note, () => login);
  const name = cutTo(plain(author.name) || login || t('transfer.names.unknown'), NAME_MAX_CHARACTERS);
  const slug = slugFromName(author.slug) || cutTo(slugOf(login || name), MAX_SLUG);
  const place = [no, line, own?.id ?? newId(), login, author.number, email];
  if (!own) return [...place, name, slug, slug, false, '', null];
  const website = own.website === null ? null : siteOf(own.website, WEBSITE_MAX_CHARACTERS);
  return [...place, own.name === null ? null : cutTo(cleanText(own.name), NAME_MAX_CHARACTERS), own.slug === null ? null : ownSlug(own.slug), null, true, cleanText(own.about), website];
}

/** The slug and name of a category or tag; WXR 1.0 and careless tools leave one of them out. */
export function termNames(nicename: string, name: string, own: unknown = null): { slug: string; name: string } {
  if (own) return { slug: ownSlug(nicename), name: cleanText(name) };
  const shown = plain(name);
  const slug = slugFromName(nicename) || cutTo(slugOf(shown), MAX_SLUG);
  return { slug, name: shown || slug };
}

/** The staging row of a category or tag (order: COLUMNS.s_term). */
export function termCells({ no, line }: Place, term: ImportedTerm): Cell[] {
  const { own } = term;
  const { slug, name } = termNames(term.slug, term.name, own);
  return [no, line, own?.id ?? newId(), term.kind, slug, name, shownText(term.description, own), own ? ownSlug(term.parentSlug) : slugFromName(term.parentSlug), own ? '' : (term.number ?? ''), own != null, own?.id ?? slug];
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

/** What opens it, as it is kept; null where nobody can come in by one: it has none, or one that is longer than ours are. */
function passwordOf({ status, password = '', own }: ImportedPost): string | null {
  const kept = cleanText(own ? (own.password ?? '') : holdsPassword(status) ? password : '');
  return kept !== '' && [...kept].length <= PASSWORD_MAX_CHARACTERS ? kept : null;
}

/** Whether its author wrote it: what an export of ours says; of those before it did, one that does not break off. */
const isOwnExcerpt = (excerpt: string, own: ImportedPost['own']): boolean => excerpt !== '' && (own ? (own.isOwnExcerpt ?? !excerpt.endsWith('…')) : true);

/** The staging row of a post or page (order: COLUMNS.s_item). */
export function postCells({ no, line }: Place, item: number, post: ImportedPost): Cell[] {
  const { own } = post;
  const [title, excerpt] = [shownText(post.title, own), shownText(post.excerpt, own)];
  const slug = (own ? ownSlug(post.slug) : slugFromName(post.slug)) || (hasLetters(title) ? cutTo(slugOf(title), MAX_SLUG) : `post-${post.number}`);
  return [
    no, item, line, own?.id ?? newId(), post.number, post.kind, slug, slug, title, cleanText(post.content), excerpt, isOwnExcerpt(excerpt, own), own?.status ?? post.status,
    passwordOf(post), post.publishedAt, post.createdAt, post.updatedAt, loginOf(post.author), post.parent,
    post.menuOrder, post.sticky, post.commentsOpen, pathOfLink(post.address), cleanText(post.cover), cleanText(post.footnotes),
    own !== null, own?.care ?? 'open', own?.commentsByAge ?? true, own?.commentsCloseAt ?? null, cutTo(cleanText(own?.helpline ?? ''), HELPLINE_MAX_CHARACTERS), own?.html ?? null,
  ];
}

/** The staging row of a comment or mention (order: COLUMNS.s_comment), its text made safe. The address it was written from is dropped. */
export function commentCells({ no, line }: Place, item: number, comment: ImportedComment, note: Note): Cell[] {
  // Only where something is said of it: there may be a million.
  const what = () => thingWords({ kind: 'comment', number: comment.number });
  const source = cleanText(comment.content);
  const shown = shownPart(source);
  if (shown !== source) note(tooLong(), what());
  const { own } = comment;
  const format = own?.format ?? 'html';
  return [
    no, item, line, own?.id ?? newId(), own?.publicId ?? newCommentId(), comment.number, comment.kind === 'mention' ? '' : comment.parent, comment.kind, own?.isDeleted ? 'deleted' : comment.status,
    writerName(comment, note, what), emailOf(comment.email, EMAIL_MAX_CHARACTERS, note, what), writerSite(comment, note, what),
    comment.author, comment.createdAt, source, commentHtml(shown, format), own?.isDeleted ? '' : textHash(source), own !== null,
    own ? own.legacyNumber || null : /^\d{1,18}$/.test(comment.number) ? comment.number : null, format, own?.editedAt ?? null,
    own?.mention && comment.kind === 'mention' ? JSON.stringify({ ...own.mention, target: cleanText(own.mention.target) }) : null,
  ];
}

function writerName(comment: ImportedComment, note: Note, what: () => string): string {
  const name = comment.own ? cleanText(comment.name) : plain(comment.name) || t('transfer.names.anonymous');
  const cut = cutTo(name, NAME_MAX_CHARACTERS);
  if (cut !== name) note(t('transfer.notes.namesTooLong', { max: String(NAME_MAX_CHARACTERS) }), `${what()}: ${name}`);
  return cut;
}

function writerSite(comment: ImportedComment, note: Note, what: () => string): string | null {
  const written = cleanText(comment.website);
  const address = comment.own ? written : written.replaceAll('&amp;', '&').replaceAll('&#038;', '&');
  if (/^(https?:\/\/)?$/i.test(address)) return null;
  const site = siteOf(address, comment.own?.mention ? ADDRESS_MAX_CHARACTERS : WEBSITE_MAX_CHARACTERS);
  if (site === null) note(t('transfer.notes.websitesNone'), `${what()}: ${address}`);
  return site;
}
