import { attributesOf, type Attributes, type Shortcode, shortcodesOf } from './shortcode-tokens';
import { webUrl } from './links';
import type { OldSite } from './old-site';

export type { Attachment } from './old-site';

type Meaning = (attributes: Attributes, content: string | null, site: OldSite) => string | null;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '[': '&#91;', ']': '&#93;' };
/** Text as HTML source in which nothing has a meaning any more, neither tags nor shortcodes. */
const literal = (value: string): string => value.replace(/[&<>"[\]]/g, (char) => escapes[char] as string);

const alignment = (value = ''): string => (/^align(?:left|right|center|none|wide|full)$/.test(value) ? ` class="${value}"` : '');

/** An address in the form of WordPress's embed block: one way for everything that follows. */
const embedded = (address: string): string | null =>
  webUrl(address) ? `\n\n<figure class="wp-block-embed">${literal(address.trim())}</figure>\n\n` : null;

const captioned: Meaning = ({ named }, content, site) => {
  if (content === null) return null;
  const picture = /^\s*((?:<a\b[^>]*>)?\s*<img\b(?:[^>"']|"[^"]*"|'[^']*')*>\s*(?:<\/a>)?)([\s\S]*)$/i.exec(content);
  const [, shown = content, after = ''] = picture ?? [];
  const words = after.trim() || named.caption || '';
  const caption = words ? `<figcaption>${runShortcodes(words, site)}</figcaption>` : '';
  return `\n\n<figure${alignment(named.align)}>${runShortcodes(shown, site)}${caption}</figure>\n\n`;
};

const gallery: Meaning = ({ named }, _content, { attachments, note }) => {
  const ids = (named.ids ?? named.include ?? '').split(/[\s,]+/).filter((id) => /^\d+$/.test(id));
  const known = ids.length > 0 ? ids.flatMap((id) => attachments.get(id) ?? []) : [...attachments.values()].filter(({ attached }) => attached);
  if (known.length < ids.length || known.length === 0) note('pictures of a gallery whose addresses are not known');
  if (known.length === 0) return `\n\n<p>${ids.length > 1 ? `A gallery of ${ids.length} pictures` : 'A gallery of pictures'} stood here.</p>\n\n`;
  const figures = known.map(({ url, alt, caption }) => {
    const words = caption ? `<figcaption>${literal(caption)}</figcaption>` : '';
    return `<figure><img src="${literal(url)}" alt="${literal(alt)}">${words}</figure>`;
  });
  return `\n\n<figure class="gallery">${figures.join('')}</figure>\n\n`;
};

const firstBare = ({ named, bare }: Attributes): string => bare.find(Boolean) ?? named.url ?? named.src ?? named.id ?? '';

const youtube: Meaning = (attributes, content) => {
  const asked = (content ?? '').trim() || firstBare(attributes);
  const start = attributes.named.start ?? attributes.named.t;
  const isId = /^[\w-]{5,20}$/.test(asked);
  return embedded(isId ? `https://www.youtube.com/watch?v=${asked}${start ? `&t=${encodeURIComponent(start)}` : ''}` : asked);
};

const vimeo: Meaning = (attributes, content) => {
  const asked = (content ?? '').trim() || firstBare(attributes);
  return embedded(/^\d+$/.test(asked) ? `https://vimeo.com/${asked}` : asked);
};

const videoPress: Meaning = (attributes) => {
  const asked = firstBare(attributes);
  return embedded(/^\w+$/.test(asked) ? `https://videopress.com/v/${asked}` : asked);
};

/** The file of `[audio]` or `[video]`, whichever attribute names it. */
const media = (tagName: 'audio' | 'video', types: string[]): Meaning => ({ named, bare }, content) => {
  const inside = /https?:\/\/[^\s"'<>|[\]]+/.exec(content ?? '')?.[0];
  const asked = [named.src, ...types.map((type) => named[type]), bare.find(Boolean), inside].find(Boolean)?.split('|')[0];
  return asked ? `\n\n<${tagName} src="${literal(asked)}"></${tagName}>\n\n` : null;
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

const meanings: Record<string, Meaning> = {
  caption: captioned, wp_caption: captioned, gallery, youtube, vimeo, wpvideo: videoPress, videopress: videoPress,
  embed: ({ bare, named }, content) => embedded((content ?? '').trim() || bare.find(Boolean) || named.src || named.url || ''),
  audio: media('audio', ['mp3', 'm4a', 'ogg', 'wav', 'wma']),
  video: media('video', ['mp4', 'm4v', 'webm', 'ogv', 'wmv', 'flv']),
  code, sourcecode: code, source: code,
};
const known = {
  alone: new Set(Object.keys(meanings)),
  around: new Set(['caption', 'wp_caption', 'embed', 'code', 'sourcecode', 'source', 'youtube', 'vimeo', 'audio', 'video']),
};

/**
 * Replaces WordPress's shortcodes in a text by the HTML that stands for them: captions, galleries, players, code.
 * Unknown ones and those that make no sense stay text, `[[name]]` becomes `[name]` as text. The result is HTML that
 * has still to be made safe.
 */
export function runShortcodes(source: string, site: OldSite): string {
  let out = '';
  let from = 0;
  for (const found of shortcodesOf(source, known)) {
    out += source.slice(from, found.start) + (shown(found, source, site) ?? untouched(found, source));
    from = found.end;
  }
  return out + source.slice(from);
}

const shown = ({ name, rest, content, escaped, start, end }: Shortcode, source: string, site: OldSite): string | null => {
  if (escaped) return source.slice(start + 1, end - 1).replaceAll('[', '&#91;');
  return meanings[name]?.(attributesOf(rest), content, site) ?? null;
};

const untouched = ({ start, end }: Shortcode, source: string): string => source.slice(start, end);

/** Brackets that a second reading would take for a shortcode, made harmless in finished HTML. */
export function keepBracketsLiteral(html: string): string {
  return html.replace(new RegExp(`\\[(?=\\[|/?(?:${Object.keys(meanings).join('|')})\\b)`, 'gi'), '&#91;');
}
