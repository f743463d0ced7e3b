import { Readable } from 'node:stream';
import type { CommentRow, Snapshot } from './rows';
import { commentMarkdown, markdownPath, postMarkdown, readdressTo } from './markdown-files';
import { Peekable } from './peekable';
import { localDates } from './wxr-text';
import type { ExportCounts } from './wxr-writer';
import type { ZipEntry } from './zip';

type Count = (kind: keyof ExportCounts) => void;

const textFile = (path: string, at: Date, parts: Iterable<string> | AsyncIterable<string>): ZipEntry => ({ path, at, compress: true, stream: Readable.from(parts, { objectMode: false }) });

/**
 * The blog as Markdown with YAML front matter, one file for each post and page (`posts/2016-05-13-slug.md`, `pages/`,
 * and in `drafts/` all that is not public), and its published comments beside it (`….comments.md`): a post may have
 * thousands, and who makes a site of the texts rarely wants them among the facts of a post. Pictures are named where the
 * archive of kept files has them (`../media/SHA256.EXT`). Never an e-mail address. Each file is to be read before the next.
 */
export async function* markdownEntries(snapshot: Snapshot, address: string, now: Date, count: Count = () => undefined): AsyncGenerator<ZipEntry> {
  const { timeZone } = await snapshot.site();
  const localDate = localDates(timeZone);
  const readdress = readdressTo(address);
  const comments = new Peekable<CommentRow>(snapshot.comments());
  for await (const post of snapshot.posts()) {
    const path = markdownPath(post, localDate, now);
    count(post.kind === 'page' ? 'pages' : 'posts');
    yield textFile(`${path}.md`, post.updatedAt, [postMarkdown(post, readdress)]);
    const next = async () => {
      for (let comment; (comment = await comments.takeIf(({ postNumber }) => postNumber === post.n)); ) if (comment.status === 'approved') return comment;
      return null;
    };
    const first = await next();
    if (!first) continue;
    yield textFile(`${path}.comments.md`, post.updatedAt, (async function* () {
      for (let comment: CommentRow | null = first; comment; comment = await next()) {
        count(comment.kind === 'mention' ? 'mentions' : 'comments');
        yield commentMarkdown(comment, readdress);
      }
    })());
  }
}
