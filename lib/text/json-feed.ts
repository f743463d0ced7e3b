import type { Feed, FeedItem } from './feed';

const itemOf = ({ id, title, link, at, changedAt, author, categories, excerpt, html, picture }: FeedItem) => ({
  id, url: link, title,
  content_html: html,
  ...(excerpt && { summary: excerpt }),
  ...(picture && { image: picture }),
  date_published: at.toISOString(),
  ...(changedAt > at && { date_modified: changedAt.toISOString() }),
  authors: [{ name: author.name, ...(author.link && { url: author.link }) }],
  ...(categories.length > 0 && { tags: categories }),
});

/** A JSON Feed 1.1 document (jsonfeed.org/version/1.1), items in the order given. */
export const jsonFeed = ({ title, link, self, description, language, icon, items }: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title, home_page_url: link, feed_url: self,
    ...(description && { description }),
    ...(icon && { icon, favicon: icon }),
    language,
    items: items.map(itemOf),
  });
