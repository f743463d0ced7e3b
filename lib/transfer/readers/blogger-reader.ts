import { t } from '../../words/t';
import { entryOf, type BloggerEntry } from './blogger-entry';
import type { ImportBatch, ImportedAuthor, ImportedSite, ImportRecord } from '../form';
import { plain } from '../rules';
import { thingWords } from '../thing-words';
import { BrokenFile } from './xml-source';
import { childOf, readElements, textOf, type XmlElement, type XmlKind } from './xml-elements';

const ATOM = 'http://www.w3.org/2005/Atom';
const BLOGGER: XmlKind = {
  root: (tag) => {
    if (tag.local !== 'feed' || tag.uri !== ATOM) throw new BrokenFile(t('transfer.file.noBlogger', { element: `<${tag.name}>` }));
  },
  prefixes: {
    [ATOM]: '',
    'http://purl.org/syndication/thread/1.0': 'thr:',
    'http://purl.org/atom/app#': 'app:',
    'http://www.w3.org/2007/app': 'app:',
    'http://schemas.google.com/g/2005': 'gd:',
    'http://schemas.google.com/blogger/2018': 'blogger:',
  },
};

// Far beyond what Blogger lets a blog have.
const MAX_POSTS = 500_000;
/** The setting that says who may read the blog: PUBLIC, or only its authors or those it invited. */
const READ_ACCESS = 'BLOG_READ_ACCESS_MODE';
const MAX_ABOUT = 50;
const MAX_ABOUT_CHARACTERS = 10_000;

/** Turns the children of the feed into records. Remembers the numbers of posts and the names of authors. */
class Blog {
  private readonly items = new Map<string, number>();
  private readonly authors = new Set<string>();
  private readonly feed: XmlElement = { name: 'feed', line: 1, attributes: {}, text: '', children: [] };
  private siteSent = false;
  private tagline = '';
  private isClosed = false;

  /** Whether a post, page or comment was found. */
  hasContent = false;

  constructor(private readonly now: Date) {}

  records(element: XmlElement): ImportRecord[] {
    if (element.name !== 'entry') {
      if (!this.siteSent) this.keep(element);
      return [];
    }
    const entry = entryOf(element, this.now);
    // The blog's own settings stand before its posts; they say what its feed does not.
    if (entry.kind === 'setting') return this.setting(entry, element.line);
    if (entry.kind === 'other') return entry.note ? [...this.site(element.line), entry.note] : [];
    this.hasContent = true;
    return [...this.site(element.line), ...this.author(entry, element.line), ...entry.notes, ...this.closed(entry, element.line), this.content(entry, element.line)];
  }

  /** What the feed says of itself: of hostile files, too, no more than is needed. */
  private keep(element: XmlElement): void {
    const size = element.text.length + (element.attributes.href?.length ?? 0);
    if (['id', 'title', 'link', 'subtitle'].includes(element.name) && this.feed.children.length < MAX_ABOUT && size < MAX_ABOUT_CHARACTERS) this.feed.children.push(element);
  }

  private setting({ name, value }: Extract<BloggerEntry, { kind: 'setting' }>, line: number): ImportRecord[] {
    if (name === 'BLOG_DESCRIPTION' && value.length < MAX_ABOUT_CHARACTERS) this.tagline = value;
    if (name.toUpperCase() === READ_ACCESS && !/^\s*(?:PUBLIC)?\s*$/i.test(value)) this.close(line);
    return [];
  }

  private close(line: number): void {
    if (this.hasContent) throw new BrokenFile(t('transfer.file.invitedTooLate'), line);
    this.isClosed = true;
  }

  private site(line: number): ImportRecord[] {
    if (this.siteSent) return [];
    this.siteSent = true;
    const link = this.feed.children.find((child) => child.name === 'link' && child.attributes.rel === 'alternate' && child.attributes.type !== 'application/atom+xml');
    const address = link?.attributes.href?.trim() ?? '';
    const number = /blog-(\d+)/.exec(textOf(this.feed, 'id'))?.[1];
    const host = URL.canParse(address) ? new URL(address).host : 'unknown';
    const value: ImportedSite = { source: `blogger:${number ?? host}`, address, title: textOf(this.feed, 'title'), tagline: this.tagline || (childOf(this.feed, 'subtitle')?.text.trim() ?? '') };
    return [{ kind: 'site', line, value }];
  }

  /** Who writes posts is an author; who only comments is a reader. */
  private author(entry: Extract<BloggerEntry, { kind: 'content' }>, line: number): ImportRecord[] {
    if (entry.of.kind === 'comment') return [];
    const { login, name, email, number } = entry.author;
    if (login === '' || this.authors.has(login)) return [];
    this.authors.add(login);
    const value: ImportedAuthor = { login, number, email, name: plain(name), slug: '', own: null };
    return [{ kind: 'author', line, value }];
  }

  /** Of a blog that only invited readers could see, nothing is public. */
  private closed({ of }: Extract<BloggerEntry, { kind: 'content' }>, line: number): ImportRecord[] {
    if (!this.isClosed || of.kind !== 'post' || !['published', 'scheduled'].includes(of.value.status)) return [];
    of.value.status = 'private';
    return [{ kind: 'note', line, reason: t('transfer.closed.invitedOnly'), what: thingWords({ kind: of.value.kind, number: of.value.number, title: plain(of.value.title) }) }];
  }

  private content({ of, post }: Extract<BloggerEntry, { kind: 'content' }>, line: number): ImportRecord {
    const item = this.item(post, line);
    return of.kind === 'comment' ? { kind: 'comment', line, item, value: of.value } : { kind: 'post', line, item, value: of.value };
  }

  /** A comment names its post by number, and may stand before it. */
  private item(post: string, line: number): number {
    const known = this.items.get(post);
    if (known !== undefined) return known;
    if (this.items.size >= MAX_POSTS) throw new BrokenFile(t('transfer.file.tooManyPosts', { max: String(MAX_POSTS) }), line);
    const item = this.items.size + 1;
    this.items.set(post, item);
    return item;
  }
}

/**
 * Reads a Blogger export: the XML of its settings page, or the `feed.atom` of Google Takeout. Posts, pages and comments
 * come in with labels as tags; the template and settings stay away. Holds the numbers of posts and the names of authors,
 * and nothing else that grows.
 * @throws BrokenFile with line and reason: not XML, malformed, cut off, another kind of file
 */
export async function* readBlogger(path: string, now: Date): AsyncGenerator<ImportBatch> {
  const blog = new Blog(now);
  let forbidden = 0;
  for await (const { elements, bytesRead } of readElements(path, BLOGGER, (count) => void (forbidden += count))) {
    yield { records: elements.flatMap((element) => blog.records(element)), bytesRead };
  }
  if (!blog.hasContent) throw new BrokenFile(t('transfer.file.bloggerEmpty'));
  if (forbidden > 0) yield { records: [{ kind: 'note', line: null, reason: t('transfer.notes.controlCharacters'), what: t('transfer.things.wholeFile'), count: forbidden }], bytesRead: 0 };
}
