import { Readable } from 'node:stream';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import { parseFeed as parseByRowan } from '@rowanmanning/feed-parser';
import FeedParser from 'feedparser';
import { parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';

/** What a parser has read of a feed; of what it does not read, undefined. */
export type Read = {
  title: string | undefined; link: string | undefined; language: string | undefined;
  items: { title: string | undefined; link: string | undefined; at: string | undefined; author?: string | undefined; categories?: string[]; html?: string | undefined; comments?: string | undefined }[];
};

const iso = (at: string | Date | null | undefined): string | undefined => (at ? new Date(at).toISOString() : undefined);

async function byFeedparser(document: string): Promise<Read> {
  const parser = Readable.from([document]).pipe(new FeedParser({ normalize: true }));
  const items: Read['items'] = [];
  for await (const item of parser as AsyncIterable<FeedParser.Item>) {
    const slash = (item as unknown as Record<string, { '#'?: string } | undefined>)['slash:comments']?.['#'];
    items.push({ title: item.title ?? undefined, link: item.link ?? undefined, at: iso(item.pubdate), author: item.author ?? undefined, categories: item.categories, html: item.description ?? undefined, comments: slash });
  }
  const { title, link, language } = parser.meta as unknown as Record<'title' | 'link' | 'language', string>;
  return { title, link, language, items };
}

async function byRssParser(document: string): Promise<Read> {
  const parser = new RssParser({ customFields: { item: ['slash:comments'] } });
  const { title, link, language, items } = await parser.parseString(document);
  return {
    title, link, language: language as string,
    items: items.map((item) => ({ title: item.title, link: item.link, at: item.isoDate, author: item.creator, categories: item.categories, html: (item as { 'content:encoded'?: string })['content:encoded'], comments: item['slash:comments'] as string })),
  };
}

const byRowan = (document: string): Read => {
  const { title, url, language, items } = parseByRowan(document);
  return {
    title: title ?? undefined, link: url ?? undefined, language: language ?? undefined,
    items: items.map((item) => ({ title: item.title ?? undefined, link: item.url ?? undefined, at: iso(item.published), author: item.authors[0]?.name ?? undefined, categories: item.categories.map(({ label, term }) => label ?? term), html: item.content ?? undefined })),
  };
};

const byFeedsmith = (document: string): Read => {
  const { title, link, language, items = [] } = parseRssFeed(document);
  return {
    title, link, language,
    items: items.map((item) => ({
      title: item.title, link: item.link, at: iso(item.pubDate), author: item.dc?.creators?.[0] ?? (item.dc as { creator?: string } | undefined)?.creator,
      categories: item.categories?.map(({ name }) => name ?? ''), html: item.content?.encoded, comments: String(item.slash?.comments),
    })),
  };
};

const ofExtractus = ({ title, link, language, entries = [] }: ReturnType<typeof extractFromXml>): Read =>
  ({ title, link, language, items: entries.map((entry) => ({ title: entry.title, link: entry.link, at: iso(entry.published) })) });

/** Parsers of npm that know nothing of one another, by the form that they read. */
export const FEED_PARSERS: Record<'xml' | 'json', Record<string, (document: string) => Read | Promise<Read>>> = {
  xml: { feedparser: byFeedparser, 'rss-parser': byRssParser, '@rowanmanning/feed-parser': byRowan, feedsmith: byFeedsmith, '@extractus/feed-extractor': (document) => ofExtractus(extractFromXml(document)) },
  json: {
    feedsmith: (document) => {
      const { title, home_page_url, language, items = [] } = parseJsonFeed(document);
      return { title, link: home_page_url, language, items: items.map((item) => ({ title: item.title, link: item.url, at: iso(item.date_published), author: item.authors?.[0]?.name, categories: item.tags, html: item.content_html })) };
    },
    '@extractus/feed-extractor': (document) => ofExtractus(extractFromJson(document)),
  },
};
