import { t } from '../../words/t';
import type { ImportRecord } from '../form';
import { plain } from '../rules';
import { thingWords } from '../thing-words';
import type { WxrItem, WxrRecord } from './wxr-schema';

// What only some could read on the old blog. Our pages know no members: it comes in as private, whole, since its source
// keeps every word and a later making of its HTML would bring back what was cut out of that.

// Every one is found by its own first characters, and nothing in it is tried twice: time grows with the text alone.
const BLOCKS = /<!--\s+wp:(?:premium-content\/(?:container|subscriber-view)|jetpack\/paywall)(?![\w-])/i;
/** Shortcodes of plugins for members hold what they close: one that is never closed holds nothing. */
const SHORTCODES = /\[\/(?:restrict|membership|memberful|members_access|members_logged_in|wcm_restrict|mepr-show|mepr-active|premium_content|s2If)\]/i;

/** Whether a part of WordPress's content is for subscribers or members alone: Jetpack's blocks, and shortcodes of plugins. */
export const hasMembersPart = (content: string): boolean => BLOCKS.test(content) || SHORTCODES.test(content);

const isNothing = (value: string): boolean => value === '' || value === '0';

function reasonOf(item: WxrItem): string | null {
  const isOpen = item.access === '' || item.access === 'everybody';
  if (!isOpen || item.roles !== '' || !isNothing(item.patrons)) return t('transfer.closed.subscribersOnly');
  return !isNothing(item.paywalled) || hasMembersPart(item['content:encoded']) ? t('transfer.closed.inPart') : null;
}

/**
 * A record made of WordPress's export, closed where all or a part of it was for subscribers or members alone: a public or
 * scheduled post becomes private, a reusable block stays away. What an export of ours says exactly stays as it is.
 */
export function membersClosed(made: ImportRecord | null, read: WxrRecord, note: (reason: string, what: string) => void): ImportRecord | null {
  if (read.kind !== 'item' || !made) return made;
  if (made.kind === 'block' && hasMembersPart(made.value.content)) {
    note(t('transfer.closed.blockInPart'), thingWords({ kind: 'block', number: made.value.number, title: plain(read.value.title) }));
    return null;
  }
  if (made.kind !== 'post' || made.value.own || !['published', 'scheduled'].includes(made.value.status)) return made;
  const reason = reasonOf(read.value);
  if (reason === null) return made;
  note(reason, thingWords({ kind: made.value.kind, number: made.value.number, title: plain(made.value.title) }));
  return { ...made, value: { ...made.value, status: 'private' } };
}
