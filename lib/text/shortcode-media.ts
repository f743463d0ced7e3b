import { t } from '../words/t';
import { webUrl } from './links';
import { literal } from './literal';
import type { Attachment, OldSite } from './old-site';
import type { Attributes } from './shortcode-tokens';

/** HTML source for a shortcode, still to be made safe; null when it makes no sense and stays text. */
export type Meaning = (attributes: Attributes, content: string | null, site: OldSite) => string | null;

/** An address in the form of WordPress's embed block: one way for everything that follows. */
const embedded = (address: string): string | null =>
  webUrl(address) ? `\n\n<figure class="wp-block-embed">${literal(address.trim())}</figure>\n\n` : null;

const firstBare = ({ named, bare }: Attributes): string => bare.find(Boolean) ?? named.url ?? named.src ?? named.id ?? '';
const numbersIn = (list = ''): string[] => list.split(/[\s,]+/).filter((id) => /^\d+$/.test(id));

function galleryOf({ named }: Attributes, { attachments, note }: OldSite): { known: Attachment[]; asked: number } {
  const asked = numbersIn(named.ids ?? named.include);
  const without = new Set(numbersIn(named.exclude));
  const uploaded = [...attachments].flatMap(([number, file]) => (file.attached && !without.has(number) ? [file] : []));
  const known = asked.length > 0 ? asked.flatMap((number) => attachments.get(number) ?? []) : uploaded;
  if (asked.length === 0 && /^desc$/i.test(named.order ?? '')) known.reverse();
  if (known.length < asked.length || known.length === 0) note(t('posts.unusable.gallery'));
  return { known, asked: asked.length };
}

/** The pictures of a gallery, each in a link to its full size unless the gallery says otherwise. */
export const gallery: Meaning = (attributes, _content, site) => {
  const { known, asked } = galleryOf(attributes, site);
  if (known.length === 0) return `\n\n<p>${asked > 1 ? t('posts.kept.galleryOf', { count: asked }) : t('posts.kept.gallery')}</p>\n\n`;
  const { link, columns = '' } = attributes.named;
  const figures = known.map(({ url, alt, caption }) => {
    const words = caption ? `<figcaption>${literal(caption)}</figcaption>` : '';
    const picture = `<img src="${literal(url)}" alt="${literal(alt)}">`;
    return `<figure>${link === 'none' ? picture : `<a href="${literal(url)}">${picture}</a>`}${words}</figure>`;
  });
  return `\n\n<figure class="gallery${/^[1-9]$/.test(columns) ? ` columns-${columns}` : ''}">${figures.join('')}</figure>\n\n`;
};

/** Sounds and films one below the other, each with its caption. */
export const playlist: Meaning = ({ named }, _content, { attachments, note }) => {
  const asked = numbersIn(named.ids ?? named.include);
  const known = asked.flatMap((number) => attachments.get(number) ?? []);
  if (known.length < asked.length || asked.length === 0) note(t('posts.unusable.playlist'));
  const tagName = named.type === 'video' ? 'video' : 'audio';
  return known.map(({ url, caption }) => {
    const words = caption ? `<figcaption>${literal(caption)}</figcaption>` : '';
    return `\n\n<figure><${tagName} src="${literal(url)}"></${tagName}>${words}</figure>\n\n`;
  }).join('');
};

export const youtube: Meaning = (attributes, content) => {
  const asked = (content ?? '').trim() || firstBare(attributes);
  const start = attributes.named.start ?? attributes.named.t;
  const isId = /^[\w-]{5,20}$/.test(asked);
  return embedded(isId ? `https://www.youtube.com/watch?v=${asked}${start ? `&t=${encodeURIComponent(start)}` : ''}` : asked);
};

export const vimeo: Meaning = (attributes, content) => {
  const asked = (content ?? '').trim() || firstBare(attributes);
  return embedded(/^\d+$/.test(asked) ? `https://vimeo.com/${asked}` : asked);
};

/** A film of WordPress.com's own service: the uploaded file where it is known, else the page that shows it. */
export const videoPress: Meaning = (attributes, _content, { attachments }) => {
  const asked = firstBare(attributes);
  if (!/^\w{4,20}$/.test(asked)) return embedded(asked);
  const file = [...attachments.values()].find(({ url }) => url.includes(`/${asked}/`));
  return file ? `\n\n<video src="${literal(file.url)}"></video>\n\n` : embedded(`https://videopress.com/v/${asked}`);
};

/** The file of `[audio]` or `[video]`, whichever attribute names it; further ones are other forms of the same. */
export const played = (tagName: 'audio' | 'video', types: string[]): Meaning => ({ named, bare }, content) => {
  const inside = /https?:\/\/[^\s"'<>|[\]]+/.exec(content ?? '')?.[0];
  const asked = [named.src, ...types.map((type) => named[type]), bare.find(Boolean), inside].flatMap((each) => each?.split('|')[0] || []);
  if (asked.length === 0) return null;
  const given = (['poster', 'width', 'height'] as const).map((name) => (named[name] ? ` ${name}="${literal(named[name])}"` : '')).join('');
  const sources = asked.map((address) => `<source src="${literal(address)}">`).join('');
  return `\n\n<${tagName}${tagName === 'video' ? given : ''}>${sources}</${tagName}>\n\n`;
};

export const embed: Meaning = ({ bare, named }, content) => embedded((content ?? '').trim() || bare.find(Boolean) || named.src || named.url || '');

/** Another service: a link to what it would show. `page` makes its address of a bare number or name. */
const service = (page: (id: string) => string): Meaning => (attributes, content) => {
  const given = [...attributes.bare, ...Object.values(attributes.named), content ?? ''].find((value) => /^https?:\/\//.test(value.trim()));
  const id = firstBare(attributes);
  return given ? embedded(given) : embedded(/^[\w./-]{1,100}$/.test(id) ? page(id) : '');
};

/** A document in a viewer of Google's or Microsoft's: a link to the document. */
const document: Meaning = (attributes) => {
  const address = attributes.named.file ?? attributes.named.url ?? attributes.named.src ?? firstBare(attributes);
  return embedded(address);
};

/** A document, form or calendar of Google's, which its shortcode names in three pieces. */
const googleApp: Meaning = ({ named: { domain = 'docs', dir = '', query = '' } }) =>
  /^[a-z]+$/.test(domain) && dir ? embedded(`https://${domain}.google.com/${dir.replace(/^\/+/, '')}${query ? `?${query}` : ''}`) : null;

export const services: Record<string, Meaning> = {
  dailymotion: service((id) => `https://www.dailymotion.com/video/${id}`),
  ted: service((id) => `https://www.ted.com/talks/view/id/${id}`),
  tweet: service((id) => `https://twitter.com/i/status/${id}`),
  gist: service((id) => `https://gist.github.com/${id}`),
  scribd: service((id) => `https://www.scribd.com/doc/${id}`),
  soundcloud: service(() => ''), spotify: service(() => ''), mixcloud: service((id) => `https://www.mixcloud.com/${id}`), bandcamp: service(() => ''),
  instagram: service(() => ''), facebook: service(() => ''), flickr: service(() => ''), slideshare: service(() => ''), kickstarter: service(() => ''),
  pinterest: service(() => ''), googlemaps: service(() => ''), googlevideo: service(() => ''), medium: service(() => ''),
  'protected-iframe': service(() => ''), iframe: service(() => ''), gview: document, pdf: document, 'pdf-embedder': document, embeddoc: document,
  office: document, googleapps: googleApp,
};
