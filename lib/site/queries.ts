import { showing } from '../answer';
import { db } from '../db/client';
import { SITE_DEFAULTS, type SiteView } from './schema';

const siteView = {
  title: true, tagline: true, language: true, timeZone: true, postsPerPage: true,
  reportsToHold: true, closeAfterDays: true, acceptsMentions: true, quotesComments: true,
} as const;

/** The blog's language, a BCP 47 tag, for whoever is to speak it and shows nothing else of the site. */
export async function findLanguage(): Promise<string> {
  return (await db().site.findFirst({ orderBy: { id: 'asc' }, select: { language: true } }))?.language ?? SITE_DEFAULTS.language;
}

/** The site's settings; the defaults while no row exists. */
export async function findSite(): Promise<SiteView> {
  showing('site');
  return (await db().site.findFirst({ orderBy: { id: 'asc' }, select: siteView })) ?? SITE_DEFAULTS;
}
