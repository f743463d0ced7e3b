import { t } from '../words/t';
import { literal } from './literal';
import type { OldSite } from './old-site';
import { embed, gallery, type Meaning, played, playlist, services, videoPress, vimeo, youtube } from './shortcode-media';
import { attributesOf, type Shortcode, shortcodesOf } from './shortcode-tokens';
import { emptyShortcodes, type UnusablePart } from './unusable-parts';

export type { Attachment } from './old-site';

const alignment = (value = ''): string => (/^align(?:left|right|center|none|wide|full)$/.test(value) ? ` class="${value}"` : '');

const captioned: Meaning = ({ named }, content, site) => {
  if (content === null) return null;
  const picture = /^\s*((?:<a\b[^>]*>)?\s*<img\b(?:[^>"']|"[^"]*"|'[^']*')*>\s*(?:<\/a>)?)([\s\S]*)$/i.exec(content);
  const [, shown = content, after = ''] = picture ?? [];
  const words = after.trim() || named.caption || '';
  const caption = words ? `<figcaption>${runShortcodes(words, site)}</figcaption>` : '';
  return `\n\n<figure${alignment(named.align)}>${runShortcodes(shown, site)}${caption}</figure>\n\n`;
};

/** Code as it is. Some WordPress plugins store it escaped: then it holds `&lt;` or `&gt;` and never the sign itself. */
const code: Meaning = ({ named, bare }, content) => {
  if (content === null) return null;
  const isStoredEscaped = !/[<>]/.test(content) && /&(?:lt|gt);/.test(content);
  const unescaped: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#039;': "'", '&amp;': '&' };
  const exact = isStoredEscaped ? content.replace(/&(?:lt|gt|quot|#039|amp);/g, (each) => unescaped[each] as string) : content;
  const language = named.language ?? named.lang ?? bare[0] ?? '';
  const className = /^[\w+#-]+$/.test(language) ? ` class="language-${language}"` : '';
  return `\n\n<pre><code${className}>${literal(exact.replace(/^\n|\n$/g, ''))}</code></pre>\n\n`;
};

const formula: Meaning = (_attributes, content) =>
  content === null ? null : `<code class="language-latex">${literal(content.trim().replace(/\s+/g, ' '))}</code>`;

const nothing = (part: UnusablePart): Meaning => (_attributes, _content, { note }) => {
  note(t(`posts.unusable.${part}`));
  return '';
};

const meanings = new Map<string, Meaning>(Object.entries({
  caption: captioned, wp_caption: captioned, gallery, slideshow: gallery, playlist, youtube, vimeo, wpvideo: videoPress, videopress: videoPress, embed,
  audio: played('audio', ['mp3', 'm4a', 'ogg', 'wav', 'flac', 'wma']),
  video: played('video', ['mp4', 'm4v', 'webm', 'ogv', 'wmv', 'flv']),
  code, sourcecode: code, source: code, latex: formula, ...services,
}));
for (const [name, part] of emptyShortcodes) meanings.set(name, nothing(part));

const known = {
  alone: new Set(meanings.keys()),
  around: new Set([
    'caption', 'wp_caption', 'embed', 'code', 'sourcecode', 'source', 'youtube', 'vimeo', 'audio', 'video', 'latex', 'gview', 'pdf', 'iframe', ...emptyShortcodes.keys(),
  ]),
};

/**
 * Replaces WordPress's shortcodes in a text by the HTML that stands for them: captions, galleries, players, code.
 * Those of forms, polls and lists become nothing and are noted. Unknown ones and those that make no sense stay text, noted
 * when they look like one; `[[name]]` becomes `[name]` as text. The result is HTML that has still to be made safe.
 */
export function runShortcodes(source: string, site: OldSite): string {
  let out = '';
  let from = 0;
  for (const found of shortcodesOf(source, known, (name) => site.note(t('posts.unusable.shortcode', { name })))) {
    out += source.slice(from, found.start) + (shown(found, source, site) ?? untouched(found, source));
    from = found.end;
  }
  return out + source.slice(from);
}

const shown = ({ name, rest, content, escaped, start, end }: Shortcode, source: string, site: OldSite): string | null => {
  if (escaped) return source.slice(start + 1, end - 1).replaceAll('[', '&#91;');
  return meanings.get(name)?.(attributesOf(rest), content, site) ?? null;
};

const untouched = ({ start, end }: Shortcode, source: string): string => source.slice(start, end);

const BRACKET = new RegExp(`\\[(?=\\[|/?(?:${[...meanings.keys()].join('|')})(?![\\w-]))`, 'gi');

/** Brackets that a second reading would take for a shortcode, made harmless in finished HTML. */
export function keepBracketsLiteral(html: string): string {
  return html.replace(BRACKET, '&#91;');
}
