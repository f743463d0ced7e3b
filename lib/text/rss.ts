import type { Feed, FeedItem } from './feed';
import { printXml, xml } from './xml';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:slash': 'http://purl.org/rss/1.0/modules/slash/',
  'xmlns:wfw': 'http://wellformedweb.org/CommentAPI/',
};

const itemElement = ({ id, title, link, at, author, categories, excerpt, html, comments }: FeedItem) =>
  xml('item', {},
    xml('title', {}, title),
    xml('link', {}, link),
    xml('guid', { isPermaLink: String(id === link) }, id),
    xml('pubDate', {}, at.toUTCString()),
    // RSS's own `author` is an e-mail address, which nobody's is to be.
    xml('dc:creator', {}, author.name),
    ...categories.map((name) => xml('category', {}, name)),
    xml('description', {}, excerpt),
    xml('content:encoded', {}, html),
    ...(comments ? [xml('comments', {}, comments.link), xml('wfw:commentRss', {}, comments.feed), xml('slash:comments', {}, String(comments.count))] : []));

/** An RSS 2.0 document (rssboard.org/rss-specification), items in the order given. Says no date of its own: it would change when nothing else did. */
export const rss = ({ title, link, self, description, language, icon, items }: Feed): string =>
  printXml(xml('rss', { version: '2.0', ...NAMESPACES },
    xml('channel', {},
      xml('title', {}, title),
      xml('link', {}, link),
      // The specification wants one; a blog need not have a tagline.
      xml('description', {}, description || title),
      xml('language', {}, language),
      xml('atom:link', { href: self, rel: 'self', type: 'application/rss+xml' }),
      ...(icon ? [xml('image', {}, xml('url', {}, icon), xml('title', {}, title), xml('link', {}, link))] : []),
      ...items.map(itemElement))));
