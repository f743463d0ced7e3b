import { t } from '../../words/t';
import type { ImportedComment, ImportedPost, ImportRecord } from '../form';
import { htmlBlock, isoMomentOf, numberOf, slugOfAddress } from './foreign-values';
import { plain } from '../rules';
import { thingWords } from '../thing-words';
import { childOf, textOf, type XmlElement } from './xml-elements';

const KIND_SCHEME = 'http://schemas.google.com/g/2005#kind';
/** Blogger's stand-in for an address that it does not tell: everybody's, so nobody's. */
const NO_EMAIL = /^(?:noreply|no-reply|unknown)@blogger\.com$/i;

const NAME_CHARACTERS = 200;

/** Who wrote an entry. `login` names an author across exports: the number of the profile, or else the name. `number` is the profile's where Blogger vouches for it. */
type Writer = { login: string; number: string; name: string; email: string; website: string };

/** What an entry of the feed is. `post` is the number of the post that it is, or that it stands under. */
export type BloggerEntry =
  | { kind: 'content'; post: string; author: Writer; notes: ImportRecord[]; of: { kind: 'post'; value: ImportedPost } | { kind: 'comment'; value: ImportedComment } }
  | { kind: 'setting'; name: string; value: string }
  | { kind: 'other'; note: ImportRecord | null };

/** The number at the end of Blogger's `tag:blogger.com,1999:blog-1.post-2`. */
const numberIn = (id: string): string => numberOf(/(?:post|page|comment)-(\d+)\s*$/.exec(id)?.[1] ?? '');

function kindOf(entry: XmlElement): string {
  const newer = textOf(entry, 'blogger:type').toLowerCase();
  if (newer) return newer;
  const term = entry.children.find((child) => child.name === 'category' && child.attributes.scheme === KIND_SCHEME)?.attributes.term ?? '';
  return term.split('#').at(-1) ?? '';
}

function linkOf(entry: XmlElement, rel: string): string {
  return entry.children.find((child) => child.name === 'link' && child.attributes.rel === rel)?.attributes.href?.trim() ?? '';
}

const property = (entry: XmlElement, name: string): string =>
  entry.children.find((child) => child.name === 'gd:extendedProperty' && child.attributes.name === name)?.attributes.value ?? '';

/**
 * Whether Blogger knew who wrote: anybody could type the address of a profile beside a name of their choice. Takeout says
 * it; in the older form such writers have an empty picture, or that of OpenID.
 */
function isSignedIn(author: XmlElement): boolean {
  const type = textOf(author, 'blogger:type').toUpperCase();
  if (type !== '') return type === 'BLOGGER';
  const picture = childOf(author, 'gd:image')?.attributes.src ?? '';
  return picture !== '' && !/blank\.gif|openid|anon/i.test(picture);
}

function writerOf(entry: XmlElement): Writer {
  const author = childOf(entry, 'author');
  const name = author ? textOf(author, 'name') : '';
  const website = author ? textOf(author, 'uri') : '';
  const email = author ? textOf(author, 'email') : '';
  const profile = numberOf(/blogger\.com\/profile\/(\d+)/.exec(website)?.[1] ?? /plus\.google\.com\/(\d+)/.exec(website)?.[1] ?? '');
  const number = author && isSignedIn(author) ? profile : '';
  return { login: profile || plain(name).slice(0, NAME_CHARACTERS), number, name, email: NO_EMAIL.test(email) ? '' : email, website };
}

type Times = { published: Date | null; updated: Date | null };
const timesOf = (entry: XmlElement): Times => ({ published: isoMomentOf(textOf(entry, 'published')), updated: isoMomentOf(textOf(entry, 'updated')) });

/** A status of Takeout's, or of the older form by its draft mark; null for one that is unknown. */
function postStatusOf(entry: XmlElement, published: Date | null, now: Date): ImportedPost['status'] | null {
  const newer = textOf(entry, 'blogger:status').toUpperCase();
  if (textOf(entry, 'blogger:trashed') !== '' || /TRASH|DELETED/.test(newer)) return 'trash';
  const control = childOf(entry, 'app:control');
  if (newer === 'DRAFT' || newer === 'IMPORTED_DRAFT' || (control && textOf(control, 'app:draft').toLowerCase() === 'yes')) return 'draft';
  if (newer !== '' && newer !== 'LIVE' && newer !== 'SCHEDULED' && newer !== 'PUBLISHED') return null;
  return published && published > now ? 'scheduled' : 'published';
}

const MORE = /<a\s[^>]{0,200}?name=(["'])more\1[^>]{0,200}?>\s*(?:<\/a>)?|<span\s[^>]{0,200}?id=(["'])more\2[^>]{0,200}?>\s*(?:<\/span>)?/i;

function termsOf(entry: XmlElement): ImportedPost['terms'] {
  return entry.children.flatMap(({ name, attributes }) => {
    const label = attributes.term?.trim() ?? '';
    return name === 'category' && attributes.scheme !== KIND_SCHEME && label ? [{ kind: 'tag' as const, slug: '', name: label }] : [];
  });
}

type Noting = (reason: string, what: string) => void;

function postOf(entry: XmlElement, kind: 'post' | 'page', number: string, writer: Writer, now: Date, note: Noting): ImportedPost {
  const { published, updated } = timesOf(entry);
  const title = textOf(entry, 'title');
  const name = thingWords({ kind, number, title: plain(title) });
  const known = postStatusOf(entry, published, now);
  if (known === null) note(t('transfer.notes.postsOfUnknownState'), `${name}: ${textOf(entry, 'blogger:status')}`);
  const status = known ?? 'draft';
  const created = isoMomentOf(textOf(entry, 'blogger:created')) ?? published ?? updated ?? now;
  if (!published && status !== 'draft' && status !== 'trash') note(t('transfer.notes.postsWithoutReadableDate'), name);
  // Takeout says the path alone; the blog's address is nowhere in it.
  const address = linkOf(entry, 'alternate') || textOf(entry, 'blogger:filename');
  return {
    number, kind, status, title, address,
    slug: slugOfAddress(address),
    content: htmlBlock((childOf(entry, 'content') ?? childOf(entry, 'summary'))?.text.replace(MORE, '<!--more-->') ?? ''),
    excerpt: textOf(entry, 'blogger:metaDescription'),
    publishedAt: status === 'draft' ? null : (published ?? created),
    createdAt: created,
    updatedAt: updated ?? published ?? created,
    author: writer.login,
    parent: '',
    menuOrder: 0,
    sticky: false,
    commentsOpen: true,
    terms: termsOf(entry),
    cover: '',
    footnotes: '',
    own: null,
  };
}

/** A comment's state; null for one that is unknown. Emptied by its writer, or hidden by Blogger, it is not shown here either. */
function commentStatusOf(entry: XmlElement): ImportedComment['status'] | null {
  if (property(entry, 'blogger.contentRemoved') === 'true' || textOf(entry, 'blogger:trashed') !== '') return 'trash';
  switch (textOf(entry, 'blogger:status').toUpperCase()) {
    case '':
    case 'LIVE':
    case 'NOT_SPAM':
    case 'PUBLISHED':
      return 'approved';
    case 'PENDING':
    case 'DRAFT':
      return 'pending';
    case 'SPAM':
    case 'GHOSTED':
      return 'spam';
    case 'EMPTIED':
    case 'DELETED':
    case 'REJECTED':
    case 'SOFT_TRASHED':
      return 'trash';
    default:
      return null;
  }
}

/** The number of the comment it answers: Takeout says so; the older form has a link to the feed of that comment. */
function parentOf(entry: XmlElement): string {
  return numberIn(textOf(entry, 'blogger:inReplyTo')) || numberOf(/\/comments\/default\/(\d+)/.exec(linkOf(entry, 'related'))?.[1] ?? '');
}

function commentOf(entry: XmlElement, number: string, writer: Writer, now: Date, note: Noting): ImportedComment {
  const { published, updated } = timesOf(entry);
  const status = commentStatusOf(entry);
  const name = () => thingWords({ kind: 'comment', number });
  if (status === null) note(t('transfer.notes.commentsOfUnknownState'), `${name()}: ${textOf(entry, 'blogger:status')}`);
  if (!published && !updated) note(t('transfer.notes.commentsWithoutReadableDate'), name());
  const parent = parentOf(entry);
  return {
    number,
    parent: parent === number ? '' : parent,
    kind: /pingback|trackback|backlink/i.test(property(entry, 'blogger.itemClass')) ? 'mention' : 'comment',
    status: status ?? 'pending',
    name: writer.name,
    email: writer.email,
    website: writer.website,
    author: writer.number,
    createdAt: published ?? updated ?? now,
    content: childOf(entry, 'content')?.text ?? '',
    own: null,
  };
}

// Kept for all of the file, so never long.
const shortened = (id: string): string => (id.length <= NAME_CHARACTERS ? id : '');

/** What an `<entry>` of Blogger's export is, in its older form or in Takeout's. `now` stands in for dates that cannot be read. */
export function entryOf(entry: XmlElement, now: Date): BloggerEntry {
  const kind = kindOf(entry);
  const id = textOf(entry, 'id');
  const notes: ImportRecord[] = [];
  const note: Noting = (reason, what) => void notes.push({ kind: 'note', line: entry.line, reason, what });
  const number = numberIn(id);
  const author = writerOf(entry);
  if (kind === 'post' || kind === 'page') {
    return { kind: 'content', post: number || shortened(id), author, notes, of: { kind: 'post', value: postOf(entry, kind, number, author, now, note) } };
  }
  if (kind === 'comment') {
    const under = textOf(entry, 'blogger:parent') || (childOf(entry, 'thr:in-reply-to')?.attributes.ref ?? '');
    return { kind: 'content', post: numberIn(under) || shortened(under), author, notes, of: { kind: 'comment', value: commentOf(entry, number, author, now, note) } };
  }
  if (kind === 'settings') return { kind: 'setting', name: id.split('.').at(-1) ?? '', value: textOf(entry, 'content') };
  if (kind === 'template') return { kind: 'other', note: null };
  return { kind: 'other', note: { kind: 'note', line: entry.line, reason: t('transfer.notes.entriesOfOtherKind', { kind: kind || t('transfer.names.none') }), what: plain(textOf(entry, 'title')) || id } };
}
