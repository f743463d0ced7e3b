/** What an owner may change while the blog runs, as everything that shows or screens reads it. */
export type SiteView = {
  title: string;
  tagline: string;
  /** A BCP 47 tag such as `en` or `pt-BR`. */
  language: string;
  /** An IANA zone such as `Europe/Berlin`; every date on a page is written in it. */
  timeZone: string;
  postsPerPage: number;
  holdAll: boolean;
  maxLinks: number;
  heldWords: string[];
  disallowedWords: string[];
  floodSeconds: number;
};

/** What writing a date needs to know of the site. */
export type SiteLocale = Pick<SiteView, 'language' | 'timeZone'>;

/** The blog before its owner has said anything; the same as the column defaults. */
export const SITE_DEFAULTS: SiteView = {
  title: 'Soapbox',
  tagline: '',
  language: 'en',
  timeZone: 'UTC',
  postsPerPage: 10,
  holdAll: false,
  maxLinks: 2,
  heldWords: [],
  disallowedWords: [],
  floodSeconds: 15,
};
