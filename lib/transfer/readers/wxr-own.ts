import type { ImportedAuthor, ImportedComment, ImportedFile, ImportedPost, ImportedTerm, ImportRecord, TermKind } from '../form';
import { OWN_SOURCE, ownAuthorSchema, ownCommentSchema, ownFileSchema, ownKeySchema, ownPostSchema, ownRedirectSchema, ownSiteSchema, ownTermSchema, readOwn } from '../own-schema';
import type { WxrRecord } from './wxr-schema';

const OWN = 'soapbox:own';

// What an export of ours says in its own namespace comes before what it says for WordPress. Where it cannot be read, the
// thing is imported as one of WordPress's.

/** An author as they were here. */
function asOwnAuthor(author: ImportedAuthor, json: string): ImportedAuthor {
  const own = readOwn(ownAuthorSchema, json);
  return own ? { ...author, login: own.id, number: own.id, own } : author;
}

/** A category or tag as it was here. */
function asOwnTerm(term: ImportedTerm, json: string): ImportedTerm {
  const own = readOwn(ownTermSchema, json);
  return own ? { ...term, slug: own.slug, name: own.name, description: own.description, own } : term;
}

/** A post or page as it was here. */
function asOwnPost(post: ImportedPost, json: string, html: string): ImportedPost {
  const own = readOwn(ownPostSchema, json);
  if (!own) return post;
  const named = (kind: TermKind, slugs: string[]) => slugs.map((slug) => ({ kind, slug, name: post.terms.find((term) => term.kind === kind && term.slug === slug)?.name ?? slug }));
  const { id, authorId, parentId, slug, title, excerpt, publishedAt, createdAt, updatedAt, menuOrder, commentsOpen } = own;
  return {
    ...post,
    number: id, author: authorId, parent: parentId ?? '',
    slug, title, excerpt, publishedAt, createdAt, updatedAt, menuOrder, commentsOpen,
    content: own.source ?? post.content,
    status: own.status === 'unlisted' ? 'private' : own.status,
    address: '',
    terms: [...named('category', own.categories), ...named('tag', own.tags)],
    own: { ...own, html: own.html ?? html },
  };
}

/** A comment as it was here. */
function asOwnComment(comment: ImportedComment, json: string, source: string | undefined): ImportedComment {
  const own = readOwn(ownCommentSchema, json);
  if (!own) return comment;
  return {
    ...comment,
    number: own.id, parent: own.parentId ?? '', author: own.userId ?? '',
    name: own.name, website: own.website ?? '', createdAt: own.createdAt,
    status: own.status === 'deleted' ? 'trash' : own.status,
    content: own.source ?? source ?? comment.content,
    own: { ...own, legacyNumber: own.legacyNumber ?? '', isDeleted: own.status === 'deleted' },
  };
}

/** A kept file as it was here. */
function asOwnFile(file: ImportedFile, json: string): ImportedFile {
  const own = readOwn(ownFileSchema, json);
  return own ? { ...file, page: '', alt: own.alt, own } : file;
}

function asOwn(made: ImportRecord, read: WxrRecord): ImportRecord {
  if (made.kind === 'author' && read.kind === 'author') return { ...made, value: asOwnAuthor(made.value, read.value[OWN]) };
  if (made.kind === 'term' && (read.kind === 'category' || read.kind === 'tag')) return { ...made, value: asOwnTerm(made.value, read.value[OWN]) };
  if (made.kind === 'post' && read.kind === 'item') return { ...made, value: asOwnPost(made.value, read.value[OWN], read.value['soapbox:html']) };
  if (made.kind === 'file' && read.kind === 'item') return { ...made, value: asOwnFile(made.value, read.value[OWN]) };
  if (made.kind === 'comment' && read.kind === 'comment') return { ...made, value: asOwnComment(made.value, read.value[OWN], read.value['soapbox:source']) };
  return made;
}

/** Completes what was read of a WXR file by what our own namespace says: only where the file itself is an export of ours. */
export class OwnReading {
  private isOurs = false;

  complete(made: ImportRecord | null, read: WxrRecord): ImportRecord | null {
    if (made?.kind === 'site' && read.kind === 'site') return this.site(made, read.value[OWN]);
    if (!this.isOurs) return made;
    if (read.kind === 'redirect') {
      const value = readOwn(ownRedirectSchema, read.value[OWN]);
      return value && { kind: 'redirect', line: read.line, value };
    }
    if (read.kind === 'gone') {
      const value = readOwn(ownKeySchema, read.value[OWN]);
      return value && { kind: 'gone', line: read.line, value };
    }
    return made && asOwn(made, read);
  }

  private site(made: Extract<ImportRecord, { kind: 'site' }>, json: string): ImportRecord {
    const own = readOwn(ownSiteSchema, json);
    this.isOurs = own !== null;
    return own ? { ...made, value: { ...made.value, source: OWN_SOURCE, title: own.title, tagline: own.tagline, own } } : made;
  }
}
