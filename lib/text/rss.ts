import { printXml, xml } from './xml';

/** Addresses are whole. `self`: the feed's own. */
export type RssChannel = { title: string; link: string; self: string; description: string; language: string; items: RssItem[] };

/** `guid` is an address for good; `author` a name; `html` what is shown, whole, with whole addresses. */
export type RssItem = { title: string; link: string; guid: string; at: Date; author: string; categories: string[]; excerpt: string; html: string; comments?: { link: string; feed: string; count: number } };

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:slash': 'http://purl.org/rss/1.0/modules/slash/',
  'xmlns:wfw': 'http://wellformedweb.org/CommentAPI/',
};

const itemElement = ({ title, link, guid, at, author, categories, excerpt, html, comments }: RssItem) =>
  xml('item', {},
    xml('title', {}, title),
    xml('link', {}, link),
    xml('guid', { isPermaLink: 'true' }, guid),
    xml('pubDate', {}, at.toUTCString()),
    // RSS's own `author` is an e-mail address, which nobody's is to be.
    xml('dc:creator', {}, author),
    ...categories.map((name) => xml('category', {}, name)),
    xml('description', {}, excerpt),
    xml('content:encoded', {}, html),
    ...(comments ? [xml('comments', {}, comments.link), xml('wfw:commentRss', {}, comments.feed), xml('slash:comments', {}, String(comments.count))] : []));

/** An RSS 2.0 document (rssboard.org/rss-specification), items in the order given. Says no date of its own: it would change when nothing else did. */
export const rss = ({ title, link, self, description, language, items }: RssChannel): string =>
  printXml(xml('rss', { version: '2.0', ...NAMESPACES },
    xml('channel', {},
      xml('title', {}, title),
      xml('link', {}, link),
      xml('description', {}, description),
      xml('language', {}, language),
      xml('atom:link', { href: self, rel: 'self', type: 'application/rss+xml' }),
      ...items.map(itemElement))));
