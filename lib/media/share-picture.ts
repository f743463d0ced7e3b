import path from 'node:path';
import pLimit from 'p-limit';
import type { OverlayOptions, Sharp, SharpOptions } from 'sharp';
import { loadReadPicture } from './picture-reading';
import { SHARE_HEIGHT_PX, SHARE_WIDTH_PX } from './share-size';
import { cutPicture } from './site-pictures';

/** `title` in large, `blog` above it and `line` below; a kept picture beside them. */
export type ShareWords = {
  title: string; blog: string; line: string;
  colours: { paper: string; ink: string; muted: string; accent: string };
  picture: { sha256: string; mimeType: string } | null;
};

const MARGIN_PX = 72;
const BAR_PX = 14;
const PICTURE_WIDTH_PX = 440;
const TITLE_MAX_HEIGHT_PX = 350;
const TITLE_SIZES_PX = [78, 66, 56, 48, 40, 34];
const SMALL_PX = 30;
const LINE_MAX_CHARACTERS = 90;
const TITLE_MAX_CHARACTERS = 220;
const DRAWING_MAX_SECONDS = 10;
const QUALITY = 84;

// The machine may have no fonts at all. These are ours: one with Latin, Greek and Cyrillic letters, and one for each script that runs the other way.
const FONTS = [
  { name: 'Source Serif 4 SemiBold', file: 'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf' },
  { name: 'Noto Naskh Arabic SemiBold', file: 'noto-naskh-arabic/600SemiBold/NotoNaskhArabic_600SemiBold.ttf' },
  { name: 'Noto Serif Hebrew SemiBold', file: 'noto-serif-hebrew/600SemiBold/NotoSerifHebrew_600SemiBold.ttf' },
].map(({ name, file }) => ({ name, file: path.resolve('node_modules/@expo-google-fonts', file) }));
const FAMILIES = FONTS.map(({ name }) => name).join(',');
const FOREIGN = /(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{L}/u;
const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const PICTOGRAPHS = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u200d\ufe0f]/gu;

const inTurn = pLimit(1);

/** A text that our fonts can write, at most so long; nothing for one that it cannot: squares in place of letters help nobody. */
export function drawable(text: string, maxCharacters: number): string {
  const plain = text.replace(PICTOGRAPHS, '').replace(/\s+/g, ' ').trim();
  if (FOREIGN.test(plain)) return '';
  const letters = [...new Intl.Segmenter().segment(plain)];
  return letters.length <= maxCharacters ? plain : `${letters.slice(0, maxCharacters - 1).map(({ segment }) => segment).join('').trimEnd()}…`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Drawn = { input: Buffer; width: number; height: number; isFromRight: boolean };

type MakeSharp = (options: Pick<SharpOptions, 'text'>) => Sharp;

async function drawText(sharp: MakeSharp, text: string, colour: string, sizePx: number, width: number): Promise<Drawn> {
  await haveFonts(sharp);
  const { data, info } = await sharp({
    text: { text: `<span foreground="${colour}">${escaped(text)}</span>`, font: `${FAMILIES} ${sizePx}`, width, dpi: 72, rgba: true, wrap: 'word-char', spacing: Math.round(sizePx / 8) },
  }).png().toBuffer({ resolveWithObject: true });
  return { input: data, width: info.width, height: info.height, isFromRight: RIGHT_TO_LEFT.test(text) };
}

let having: Promise<unknown> | undefined;

/** A font file that something was written with once is known to this process from then on. */
const haveFonts = (sharp: MakeSharp) => (having ??= Promise.all(FONTS.map(({ name, file }) => sharp({ text: { text: '.', font: name, fontfile: file } }).png().toBuffer())));

/** The picture by which a post or the blog is shared: JPEG, SHARE_WIDTH_PX by SHARE_HEIGHT_PX. Words that cannot be written are left out; the blog's name stands for such a title. */
export function sharePicture({ line, colours, picture, ...words }: ShareWords): Promise<Uint8Array<ArrayBuffer>> {
  return inTurn(async () => {
    const [title, blog] = drawable(words.title, TITLE_MAX_CHARACTERS) ? [words.title, words.blog] : [words.blog, ''];
    await loadReadPicture();
    const { default: sharp } = await import('sharp');
    const cut = picture && (await cutPicture(picture, [PICTURE_WIDTH_PX, SHARE_HEIGHT_PX], 'png'));
    const side = cut?.ok ? Buffer.from(cut.value.bytes) : null;
    const width = SHARE_WIDTH_PX - 2 * MARGIN_PX - (side ? PICTURE_WIDTH_PX : 0);
    const layers: OverlayOptions[] = [{ input: { create: { width: SHARE_WIDTH_PX, height: BAR_PX, channels: 3, background: colours.accent } }, left: 0, top: SHARE_HEIGHT_PX - BAR_PX }];
    if (side) layers.push({ input: side, left: SHARE_WIDTH_PX - PICTURE_WIDTH_PX, top: 0 });
    const write = async (text: string, maxCharacters: number, colour: string, sizePx: number): Promise<Drawn | null> => {
      const words = drawable(text, maxCharacters);
      return words ? drawText(sharp, words, colour, sizePx, width) : null;
    };
    const [head, foot, body] = [await write(blog, LINE_MAX_CHARACTERS, colours.accent, SMALL_PX), await write(line, LINE_MAX_CHARACTERS, colours.muted, SMALL_PX), await fitting((sizePx) => write(title, TITLE_MAX_CHARACTERS, colours.ink, sizePx))];
    const place = (drawn: Drawn | null, top: (height: number) => number) => {
      if (drawn) layers.push({ input: drawn.input, left: MARGIN_PX + (drawn.isFromRight ? width - drawn.width : 0), top: top(drawn.height) });
    };
    place(head, () => MARGIN_PX);
    place(body, (height) => Math.round((SHARE_HEIGHT_PX - height) / 2));
    place(foot, (height) => SHARE_HEIGHT_PX - MARGIN_PX - BAR_PX - height);
    const sheet = sharp({ create: { width: SHARE_WIDTH_PX, height: SHARE_HEIGHT_PX, channels: 3, background: colours.paper } });
    return new Uint8Array(await sheet.composite(layers).jpeg({ quality: QUALITY, mozjpeg: true }).timeout({ seconds: DRAWING_MAX_SECONDS }).toBuffer());
  });
}

/** The largest size in which it is not too high; the smallest where none is. */
async function fitting(draw: (sizePx: number) => Promise<Drawn | null>): Promise<Drawn | null> {
  let last: Drawn | null = null;
  for (const sizePx of TITLE_SIZES_PX) {
    last = await draw(sizePx);
    if (!last || last.height <= TITLE_MAX_HEIGHT_PX) return last;
  }
  return last;
}
