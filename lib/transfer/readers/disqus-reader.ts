import { t } from '../../words/t';
import type { ImportBatch, ImportedComment, ImportedSite, ImportRecord } from '../form';
import { isoMomentOf, numberOf } from './foreign-values';
import { plain } from '../rules';
import { thingWords } from '../thing-words';
import { BrokenFile } from './xml-source';
import { childOf, readElements, textOf, type XmlElement, type XmlKind } from './xml-elements';

const DISQUS: XmlKind = {
  root: (tag) => {
    if (tag.local !== 'disqus') throw new BrokenFile(t('transfer.file.noDisqus', { element: `<${tag.name}>` }));
  },
  prefixes: { 'http://disqus.com': '', 'http://disqus.com/disqus-internals': 'dsq:' },
};

const ID = 'dsq:id';
// Far beyond what Disqus sends.
const MAX_THREADS = 1_000_000;
const ID_CHARACTERS = 50;

type Note = (reason: string, what: string) => void;

const isTrue = (element: XmlElement, name: string) => textOf(element, name).toLowerCase() === 'true';

/** Disqus counts clicks on links by sending them through disq.us: the address that was meant, which stands inside. */
function withoutClickCounter(message: string): string {
  return message.replace(/https?:\/\/disq\.us\/url\?url=([^"'&<>\s]+)[^"'<>\s]*/gi, (whole, encoded: string) => {
    try {
      const address = decodeURIComponent(encoded).replace(/:[\w-]{20,}$/, '');
      return URL.canParse(address) && /^https?:/.test(address) ? address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;') : whole;
    } catch {
      return whole;
    }
  });
}

function statusOf(post: XmlElement): ImportedComment['status'] {
  if (isTrue(post, 'isSpam')) return 'spam';
  if (isTrue(post, 'isDeleted')) return 'trash';
  return textOf(post, 'isApproved').toLowerCase() === 'false' ? 'pending' : 'approved';
}

function commentOf(post: XmlElement, now: Date, note: Note): ImportedComment {
  const number = numberOf(post.attributes[ID] ?? '');
  const author = childOf(post, 'author');
  const parent = childOf(post, 'parent');
  const createdAt = isoMomentOf(textOf(post, 'createdAt'));
  if (!createdAt) note(t('transfer.notes.commentsWithoutReadableDate'), thingWords({ kind: 'comment', number }));
  return {
    number,
    parent: numberOf(parent?.attributes[ID] ?? ''),
    kind: 'comment',
    status: statusOf(post),
    name: author ? textOf(author, 'name') || textOf(author, 'username') : '',
    email: author ? textOf(author, 'email') : '',
    website: '',
    author: '',
    createdAt: createdAt ?? now,
    content: withoutClickCounter(childOf(post, 'message')?.text ?? ''),
    own: null,
  };
}

/** WordPress's plugin named a thread `123 https://blog.example/?p=123`: found by that, too, where the link has changed. */
const identifierAddress = (thread: XmlElement): string => /https?:\/\/\S+/.exec(textOf(thread, 'id'))?.[0] ?? '';

/** Turns the elements of an export into records, giving each thread the number that its comments stand under. */
class Forum {
  private readonly items = new Map<string, number>();
  private readonly threads = new Set<number>();
  private siteSent = false;

  constructor(private readonly now: Date) {}

  records(element: XmlElement): ImportRecord[] {
    const site = this.site(element);
    const records = this.own(element);
    return site ? [{ kind: 'site', line: element.line, value: site }, ...records] : records;
  }

  private own(element: XmlElement): ImportRecord[] {
    if (element.name === 'thread') return this.thread(element);
    return element.name === 'post' ? this.comment(element) : [];
  }

  /** The forum's short name, which categories and threads say: it stays the same when the blog's address changes. */
  private site(element: XmlElement): ImportedSite | null {
    if (this.siteSent || !['category', 'thread', 'post'].includes(element.name)) return null;
    const link = element.name === 'thread' ? textOf(element, 'link') : '';
    const address = URL.canParse(link) ? new URL(link).origin : '';
    const name = textOf(element, 'forum').toLowerCase() || (address && new URL(address).host) || 'unknown';
    this.siteSent = true;
    return { source: `disqus:${name}`, address: address === 'null' ? '' : address, title: '', tagline: '' };
  }

  private item(id: string, line: number): number {
    const threadId = id.length <= ID_CHARACTERS ? id : '';
    const known = this.items.get(threadId);
    if (known !== undefined) return known;
    if (this.items.size >= MAX_THREADS) throw new BrokenFile(t('transfer.file.tooManyPages', { max: String(MAX_THREADS) }), line);
    const item = this.items.size + 1;
    this.items.set(threadId, item);
    return item;
  }

  private thread(thread: XmlElement): ImportRecord[] {
    const id = (thread.attributes[ID] ?? '').trim();
    const item = this.item(id, thread.line);
    const title = plain(textOf(thread, 'title'));
    if (id === '' || id.length > ID_CHARACTERS || this.threads.has(item)) {
      const reason = !this.threads.has(item) ? t('transfer.notes.pagesWithoutNumber') : t('transfer.notes.pagesTwice');
      return [{ kind: 'note', line: thread.line, reason, what: title || textOf(thread, 'link') }];
    }
    this.threads.add(item);
    return [{ kind: 'thread', line: thread.line, item, value: { number: id, address: textOf(thread, 'link'), otherAddress: identifierAddress(thread), title } }];
  }

  private comment(post: XmlElement): ImportRecord[] {
    const records: ImportRecord[] = [];
    const value = commentOf(post, this.now, (reason, what) => records.push({ kind: 'note', line: post.line, reason, what }));
    const threadId = (childOf(post, 'thread')?.attributes[ID] ?? '').trim();
    return [...records, { kind: 'comment', line: post.line, item: this.item(threadId, post.line), value }];
  }
}

/**
 * Reads the export of a Disqus forum: its pages as threads, found here by their address, and the comments on them, deleted
 * ones as trash. Addresses that comments were written from are dropped. Holds the numbers of the pages, and nothing else that grows.
 * @throws BrokenFile with line and reason: not XML, malformed, cut off, another kind of file
 */
export async function* readDisqus(path: string, now: Date): AsyncGenerator<ImportBatch> {
  const forum = new Forum(now);
  let forbidden = 0;
  let sent = false;
  for await (const { elements, bytesRead } of readElements(path, DISQUS, (count) => void (forbidden += count))) {
    const records = elements.flatMap((element) => forum.records(element));
    sent ||= records.length > 0;
    yield { records, bytesRead };
  }
  if (!sent) throw new BrokenFile(t('transfer.file.disqusEmpty'));
  if (forbidden > 0) yield { records: [{ kind: 'note', line: null, reason: t('transfer.notes.controlCharacters'), what: t('transfer.things.wholeFile'), count: forbidden }], bytesRead: 0 };
}
