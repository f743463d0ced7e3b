import type { SiteLocale } from '@/lib/site/schema';
import { writtenDate, writtenTime } from '@/lib/site/rules';

/** A moment as the site writes it, `13 May 2016`, exact for machines; with the clock where hours matter. */
export function Time({ at, site, withClock = false }: { at: Date; site: SiteLocale; withClock?: boolean }) {
  return <time dateTime={at.toISOString()}>{withClock ? writtenTime(at, site) : writtenDate(at, site)}</time>;
}
