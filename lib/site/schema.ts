import { z } from '../zod';

/** What an owner may change while the blog runs, as everything that shows or screens reads it. */
export type SiteView = {
  title: string;
  tagline: string;
  /** A BCP 47 tag such as `en` or `pt-BR`. */
  language: string;
  /** An IANA zone such as `Europe/Berlin`; every date on a page is written in it. */
  timeZone: string;
  postsPerPage: number;
  /** So many readers who report a published comment return it to Pending; 0: never. */
  reportsToHold: number;
  /** So many days after a post came out its comments close, unless somebody chose otherwise for it; 0: never. */
  closeAfterDays: number;
  /** Whether other sites may tell of their pages that speak of a post. */
  acceptsMentions: boolean;
  /** Whether search engines may show words of comments below the address of a page (`data-nosnippet`). */
  quotesComments: boolean;
};

/** What other sites may do. */
export type OtherSites = Pick<SiteView, 'acceptsMentions' | 'quotesComments'>;

/** What writing a date needs to know of the site. */
export type SiteLocale = Pick<SiteView, 'language' | 'timeZone'>;

/** The blog before its owner has said anything; the same as the column defaults. */
export const SITE_DEFAULTS: SiteView = {
  title: 'Soapbox',
  tagline: '',
  language: 'en',
  timeZone: 'UTC',
  postsPerPage: 10,
  reportsToHold: 3,
  closeAfterDays: 0,
  acceptsMentions: true,
  quotesComments: true,
};

export const REPORTS_TO_HOLD_MAX = 100;
/** Digits as typed; an empty field is no number. */
export const reportsToHoldSchema = z.string().trim().regex(/^\d{1,3}$/).transform(Number).pipe(z.number().max(REPORTS_TO_HOLD_MAX));

/** A form of the settings between two requests: what was saved, or why it was refused, and what was typed. */
export type SettingsState = { done: string | null; message: string | null; fields: Record<string, string>; entered: Record<string, string> };

export const NOTHING_SET: SettingsState = { done: null, message: null, fields: {}, entered: {} };
