import { keptPath } from '../../media/kept-types';
import type { CommentRow, Snapshot } from './rows';
import { Peekable } from './peekable';
import { authorXml, commentXml, fileXml, headXml, ownXml, POST_END_XML, postXml, TAIL_XML, termXml, type Writing } from './wxr-elements';
import { localDates } from './wxr-text';

/** How many of each went out. */
export type ExportCounts = { authors: number; categories: number; tags: number; posts: number; pages: number; comments: number; mentions: number; files: number };
export const NOTHING_EXPORTED: Readonly<ExportCounts> = { authors: 0, categories: 0, tags: 0, posts: 0, pages: 0, comments: 0, mentions: 0, files: 0 };

const CHUNK_CHARACTERS = 64 * 1024;

async function* elements(snapshot: Snapshot, address: string, now: Date, count: (kind: keyof ExportCounts) => void): AsyncGenerator<string> {
  const site = await snapshot.site();
  const writing: Writing = { address, now, localDate: localDates(site.timeZone) };
  yield headXml(site, writing);
  for await (const author of snapshot.authors()) {
    count('authors');
    yield authorXml(author);
  }
  for await (const term of snapshot.terms()) {
    count(term.kind === 'tag' ? 'tags' : 'categories');
    yield termXml(term);
  }
  for await (const redirect of snapshot.redirects()) yield ownXml('redirect', redirect);
  for await (const key of snapshot.gone()) yield ownXml('gone', key);
  const comments = new Peekable<CommentRow>(snapshot.comments());
  for await (const post of snapshot.posts()) {
    count(post.kind === 'page' ? 'pages' : 'posts');
    yield postXml(post, writing);
    for (let comment; (comment = await comments.takeIf(({ postNumber }) => postNumber === post.n)); ) {
      count(comment.kind === 'mention' ? 'mentions' : 'comments');
      yield commentXml(comment, writing);
    }
    yield POST_END_XML;
  }
  for await (const file of snapshot.files()) {
    count('files');
    yield fileXml(file, keptPath(file.sha256, file.mimeType), writing);
  }
  yield TAIL_XML;
}

/**
 * The blog as a WordPress export (WXR 1.2), piece by piece, as it is in `snapshot`: valid for WordPress's own importer,
 * and for ours, which loses nothing of it. Memory does not grow with the blog. Nothing that is not public here becomes
 * public there; no address of a person who has an account but of authors, no hash of anybody's, no note of the moderators.
 * `address`: where the blog is, without a last slash. Equal blogs give equal files but for `now`.
 */
export async function* wordPressExport(snapshot: Snapshot, address: string, now: Date, count: (kind: keyof ExportCounts) => void = () => undefined): AsyncGenerator<string> {
  let parts: string[] = [];
  let characters = 0;
  for await (const element of elements(snapshot, address, now, count)) {
    parts.push(element);
    if ((characters += element.length) < CHUNK_CHARACTERS) continue;
    yield parts.join('');
    parts = [];
    characters = 0;
  }
  yield parts.join('');
}
