import { t } from '../words/t';
import { z } from '../zod';
import { footnoteList } from './footnotes';
import { literal } from './literal';
import type { OldSite } from './old-site';
import { emptyBlock } from './unusable-parts';

/** How deep reusable blocks may stand in each other, how often they may in all, and how much text that may bring. */
const MAX_DEPTH = 6;
const MAX_FILLED = 200;
const MAX_FILLED_CHARS = 1_000_000;

/** A block's comment: `<!-- wp:NAME {…} -->`, closed by another, or whole by itself (`/-->`). */
type Mark = { name: string; attributes: Record<string, unknown>; closes: boolean; isWhole: boolean; start: number; end: number };

const inside = /^\s+(\/?)wp:([a-z][\w-]*(?:\/[a-z][\w-]*)?)\s*(\{[\s\S]*\})?\s*(\/?)$/;
const attributesForm = z.record(z.string(), z.unknown());

function attributesOf(json: string | undefined): Record<string, unknown> {
  try {
    return attributesForm.parse(JSON.parse(json ?? '{}'));
  } catch {
    return {};
  }
}

function* marksOf(source: string): Generator<Mark> {
  for (let start = source.indexOf('<!--'); start >= 0; ) {
    const close = source.indexOf('-->', start + 4);
    if (close < 0) return;
    const end = close + 3;
    const found = inside.exec(source.slice(start + 4, close));
    const [, closes, name = '', json, isWhole] = found ?? [];
    if (found) yield { name: name.replace(/^core\//, ''), attributes: attributesOf(json), closes: Boolean(closes), isWhole: Boolean(isWhole), start, end };
    start = source.indexOf('<!--', end);
  }
}

type Filling = Pick<OldSite, 'note'> & { blocks: ReadonlyMap<string, string>; footnotes: string; filled: number; chars: number };

const asText = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : '');

/** The text of a reusable block, with those that stand in it. */
function reusable({ attributes }: Mark, filling: Filling, above: string[]): string {
  const number = asText(attributes.ref);
  const content = filling.blocks.get(number);
  if (content === undefined) {
    filling.note(t('posts.unusable.missingBlock'));
    return '';
  }
  filling.filled++;
  filling.chars += content.length;
  if (above.includes(number) || above.length >= MAX_DEPTH || filling.filled > MAX_FILLED || filling.chars > MAX_FILLED_CHARS) {
    filling.note(t('posts.unusable.nestedBlock'));
    return '';
  }
  const changes = attributes.content ?? attributes.overrides;
  if (typeof changes === 'object' && changes !== null && Object.keys(changes).length > 0) filling.note(t('posts.unusable.ownWords'));
  return filled(content, filling, [...above, number]);
}

function socialLink({ attributes }: Mark): string {
  const service = asText(attributes.service);
  const words = asText(attributes.label) || service.charAt(0).toUpperCase() + service.slice(1) || t('posts.kept.link');
  return `<li><a href="${literal(asText(attributes.url))}">${literal(words)}</a></li>`;
}

/** Whole blocks whose attributes name an address: WordPress shows what is there. */
function embedded(mark: Mark): string | null {
  const { url, guid, href } = mark.attributes;
  const address = asText(url) || asText(href) || (asText(guid) && `https://videopress.com/v/${asText(guid)}`);
  return /^https?:\/\//.test(address) ? `\n\n<figure class="wp-block-embed">${literal(address)}</figure>\n\n` : null;
}

const silent = /^(?:more|nextpage|paragraph|separator|spacer|heading|group|columns?|image|list|list-item|html|shortcode|null)$/;

/** What stands for one comment of a block; null for the comment itself, which shows nothing. */
function standsFor(mark: Mark, filling: Filling, above: string[]): string | null {
  const { name, isWhole, closes } = mark;
  if (closes) return null;
  if (name === 'block') return reusable(mark, filling, above);
  if (name === 'footnotes') return footnoteList(filling.footnotes, filling.note);
  if (name === 'social-link') return socialLink(mark);
  if (name === 'pattern') filling.note(t('posts.unusable.pattern'));
  const part = emptyBlock(name);
  if (part) filling.note(t(`posts.unusable.${part}`));
  if (part || name === 'pattern' || !isWhole || silent.test(name)) return null;
  const shown = embedded(mark);
  if (!shown) filling.note(t('posts.unusable.block', { name }));
  return shown;
}

function filled(source: string, filling: Filling, above: string[]): string {
  let out = '';
  let from = 0;
  for (const mark of marksOf(source)) {
    const instead = standsFor(mark, filling, above);
    if (instead === null) continue;
    out += source.slice(from, mark.start) + instead;
    from = mark.end;
  }
  return out + source.slice(from);
}

const TEX = /<annotation\s[^>]{0,200}x-tex[^>]{0,200}>([^<]{1,5000})<\/annotation>/;

/** Formulas in MathML as code, in the TeX that WordPress keeps with them: the drawing is left out everywhere. */
function formulasAsCode(source: string): string {
  const [before = '', ...formulas] = source.split(/<math(?=[\s>])/);
  return before + formulas.map((formula) => {
    const end = formula.indexOf('</math>');
    const tex = end < 0 ? undefined : TEX.exec(formula.slice(0, end))?.[1];
    return tex === undefined ? `<math${formula}` : `<code class="language-latex">${tex.replaceAll('[', '&#91;')}</code>${formula.slice(end + 7)}`;
  }).join('');
}

/**
 * The text of a post with WordPress's whole blocks (`<!-- wp:NAME {…} /-->`) filled in as far as that can be: reusable
 * blocks, footnotes, embeds. What WordPress would fill in from elsewhere is noted. Circles are cut, and the result is at most
 * a million characters longer.
 */
export function fillBlocks(source: string, options: { blocks: ReadonlyMap<string, string>; footnotes: string; note: OldSite['note'] }): string {
  const filling: Filling = { ...options, filled: 0, chars: 0 };
  const text = formulasAsCode(filled(source, filling, []));
  const hasPlace = /<!--\s+wp:(?:core\/)?footnotes\s/.test(source);
  return hasPlace || !/\sdata-fn=/.test(source) ? text : `${text}\n\n${footnoteList(options.footnotes, options.note)}`;
}
