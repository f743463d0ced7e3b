import type { ImportRecord } from '../form';
import { plain } from '../rules';
import type { WxrItem, WxrRecord } from './wxr-schema';

// What only some could read on the old blog. Our pages know no members: it comes in as private, whole, since its source
// keeps every word and a later making of its HTML would bring back what was cut out of that.

const SO_PRIVATE = 'came in as private, so that nobody sees them who could not see them before';
export const MEMBERS_ONLY = `Posts and pages that were for members, or sent by mail alone: they ${SO_PRIVATE}`;
export const SUBSCRIBERS_ONLY = `Posts and pages that were for subscribers or members alone: they ${SO_PRIVATE}`;
export const MEMBERS_IN_PART = `Posts and pages that had parts for subscribers or members alone: they ${SO_PRIVATE}`;
export const INVITED_ONLY = `Posts and pages of a blog that only invited readers could see: they ${SO_PRIVATE}`;
const BLOCK_IN_PART = 'Reusable blocks that had parts for subscribers or members alone, left out of the posts that named them';

// Every one is found by its own first characters, and nothing in it is tried twice: time grows with the text alone.
const BLOCKS = /<!--\s+wp:(?:premium-content\/(?:container|subscriber-view)|jetpack\/paywall)(?![\w-])/i;
/** Shortcodes of plugins for members hold what they close: one that is never closed holds nothing. */
const SHORTCODES = /\[\/(?:restrict|membership|memberful|members_access|members_logged_in|wcm_restrict|mepr-show|mepr-active|premium_content|s2If)\]/i;

/** Whether a part of WordPress's content is for subscribers or members alone: Jetpack's blocks, and shortcodes of plugins. */
export const hasMembersPart = (content: string): boolean => BLOCKS.test(content) || SHORTCODES.test(content);

const isNothing = (value: string): boolean => value === '' || value === '0';

function reasonOf(item: WxrItem): string | null {
  const isOpen = item.access === '' || item.access === 'everybody';
  if (!isOpen || item.roles !== '' || !isNothing(item.patrons)) return SUBSCRIBERS_ONLY;
  return !isNothing(item.paywalled) || hasMembersPart(item['content:encoded']) ? MEMBERS_IN_PART : null;
}

/**
 * A record made of WordPress's export, closed where all or a part of it was for subscribers or members alone: a public or
 * scheduled post becomes private, a reusable block stays away. What an export of ours says exactly stays as it is.
 */
export function membersClosed(made: ImportRecord | null, read: WxrRecord, note: (reason: string, what: string) => void): ImportRecord | null {
  if (read.kind !== 'item' || !made) return made;
  if (made.kind === 'block' && hasMembersPart(made.value.content)) {
    note(BLOCK_IN_PART, `block ${made.value.number} “${plain(read.value.title)}”`);
    return null;
  }
  if (made.kind !== 'post' || made.value.own || !['published', 'scheduled'].includes(made.value.status)) return made;
  const reason = reasonOf(read.value);
  if (reason === null) return made;
  note(reason, `${made.value.kind} ${made.value.number} “${plain(made.value.title)}”`);
  return { ...made, value: { ...made.value, status: 'private' } };
}
