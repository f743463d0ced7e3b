import { stringify } from 'yaml';
import { keptPath } from '../../media/kept-types';
import { markdownOf, type Readdress } from '../../text/markdown';
import { storedHtml } from '../../text/safe-html';
import { t } from '../../words/t';
import { passwordToTake, type CommentRow, type PostRow } from './rows';
import { cutTo } from '../rules';
import { escaped } from './wxr-text';

const NAME_MAX_CHARACTERS = 100;
const TAKEN_BY_SYSTEMS = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A slug as the name of a file on any system; where that is another word, its number makes it one of its own. */
function fileWord({ slug, n }: Pick<PostRow, 'slug' | 'n'>): string {
  const word = cutTo(slug.toLowerCase().replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, ''), NAME_MAX_CHARACTERS);
  return word === slug && !TAKEN_BY_SYSTEMS.test(word) ? word : `${word || 'post'}~${n}`;
}

type Named = Pick<PostRow, 'n' | 'kind' | 'slug' | 'status' | 'publishedAt'>;

/** Where a post or page stands among the files, without ending: what is not public is a draft to whoever makes a site of them. */
export function markdownPath(post: Named, localDate: (at: Date) => string, now: Date): string {
  const { kind, status, publishedAt } = post;
  const word = fileWord(post);
  if (status !== 'published' || publishedAt === null || publishedAt > now) return `drafts/${kind === 'page' ? 'page-' : ''}${word}`;
  return kind === 'page' ? `pages/${word}` : `posts/${localDate(publishedAt).slice(0, 10)}-${word}`;
}

/** Kept files stand in a folder beside those of the texts; all else of the blog's own is asked where it is. */
export const readdressTo = (address: string): Readdress => (at) => {
  if (/^\/media\/[^/?#]+$/.test(at)) return `..${at}`;
  return /^\/(?!\/)/.test(at) ? `${address}${at}` : at;
};

const isSaid = (value: unknown): boolean => value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);

/** A post or page: what is known of it as YAML between lines, then its text. */
export function postMarkdown(post: PostRow, readdress: Readdress): string {
  const named = (kind: 'category' | 'tag') => post.terms.filter((term) => term.kind === kind).map((term) => term.name);
  const facts = {
    title: post.title, slug: post.slug, kind: post.kind, status: post.status, password: passwordToTake(post),
    date: (post.publishedAt ?? post.createdAt).toISOString(), updated: post.updatedAt.toISOString(),
    author: post.authorName, parent: post.parentSlug, categories: named('category'), tags: named('tag'), excerpt: post.excerpt,
    cover: post.cover && readdress(keptPath(post.cover.sha256, post.cover.mimeType)), sticky: post.sticky, aliases: post.oldPaths,
  };
  const said = Object.fromEntries(Object.entries(facts).filter(([name, value]) => name === 'title' || isSaid(value)));
  return `---\n${stringify(said, { lineWidth: 0 })}---\n\n${markdownOf(storedHtml(post.html), readdress)}`;
}

/** A published comment: who wrote it, never their address, when, and what; with a mark to link to, and a link to what it answers. */
export function commentMarkdown({ publicId, parentPublicId, name, kind, createdAt, html }: CommentRow, readdress: Readdress): string {
  const who = markdownOf(storedHtml(`<p>${escaped(name)}</p>`), readdress).trim();
  const answered = parentPublicId === null ? '' : ` · [${t('transfer.markdown.inReplyTo')}](#comment-${parentPublicId})`;
  return `<a id="comment-${publicId}"></a>\n\n**${who}** · ${createdAt.toISOString()}${kind === 'mention' ? ` · ${t('transfer.markdown.mention')}` : ''}${answered}\n\n${markdownOf(storedHtml(html), readdress)}\n---\n\n`;
}
