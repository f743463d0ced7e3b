import { jsonFeed } from './json-feed';
import { rss } from './rss';

/** The forms in which every feed can be had, by the ending of its address. */
export const FEED_FORMS = ['xml', 'json'] as const;
export type FeedForm = (typeof FEED_FORMS)[number];

/** What a feed says, in whichever form. Addresses are whole. `self`: the feed's own; `icon`: a square picture. */
export type Feed = { title: string; link: string; self: string; description: string; language: string; icon: string | null; items: FeedItem[] };

/**
 * `id` names the item for good, whatever becomes of its `link`; `author.name` a name and never an address of mail; `html` what is shown,
 * whole, with whole addresses. `changedAt`: of its text. `comments`: of what has a discussion.
 */
export type FeedItem = {
  id: string; title: string; link: string; at: Date; changedAt: Date; author: { name: string; link: string | null }; categories: string[]; excerpt: string; html: string;
  picture: string | null; comments?: { link: string; feed: string; count: number };
};

/** A feed as a document: RSS 2.0 or JSON Feed 1.1. Items in the order given. */
export const printFeed = (feed: Feed, form: FeedForm): string => (form === 'xml' ? rss : jsonFeed)(feed);
