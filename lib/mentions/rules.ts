import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { cleanText } from '../text/clean';
import { hostOf } from '../text/links';
import type { MentionPage } from '../text/mention-page';
import { comparable } from '../text/page-links';
import { beginningOf } from '../text/plain';
import { ADDRESS_MAX_CHARACTERS, TEXT_MAX_CHARACTERS, type MentionWay } from './schema';

/** Both addresses as they are used: without a fragment. */
export type Told = { source: URL; target: URL };

function webAddress(value: unknown): URL | null {
  if (typeof value !== 'string' || value.length > ADDRESS_MAX_CHARACTERS) return null;
  const address = comparable(value.trim());
  const url = address === null ? null : new URL(address);
  // What leads in by a name and password is nobody's public page; an address may grow when it is written as one.
  return url && url.username === '' && url.password === '' && url.href.length <= ADDRESS_MAX_CHARACTERS ? url : null;
}

/**
 * Reads what another site sent. Pure. Refuses `malformed`: an address that is none of the web or is too long, two that are one
 * page, a target on another host than `origin`'s. Source: https://www.w3.org/TR/webmention/, 3.2.1.
 */
export function readTold({ source: from, target: to }: Readonly<Record<'source' | 'target', unknown>>, origin: string): Result<Told> {
  const [source, target] = [webAddress(from), webAddress(to)];
  if (!source) return fail('malformed', t('comments.webmention.source', { max: ADDRESS_MAX_CHARACTERS }));
  if (!target) return fail('malformed', t('comments.webmention.target', { max: ADDRESS_MAX_CHARACTERS }));
  if (source.href === target.href) return fail('malformed', t('comments.webmention.same'));
  // A proxy may speak https where we are asked by http: the host says whose it is.
  if (target.host !== new URL(origin).host) return fail('malformed', t('comments.webmention.notHere'));
  return ok({ source, target });
}

const NAME_MAX_CHARACTERS = 120;

/** What is kept of what a page says. */
export type Said = { name: string; text: string; way: MentionWay };

// Without signs that would turn the words around it.
const asLine = (text: string, max: number): string => beginningOf(cleanText(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), max);

/** What a page says, bounded and on one line; by the name of its site where it names nobody. */
export function saidBy({ author, text, way }: MentionPage, source: URL): Said {
  return { name: asLine(author, NAME_MAX_CHARACTERS) || hostOf(source), text: asLine(text, TEXT_MAX_CHARACTERS), way };
}
