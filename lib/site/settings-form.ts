import { cleanText } from '../text/clean';
import { ownPath } from '../text/own-path';
import { t } from '../words/t';
import { z } from '../zod';
import { isLanguage, isZone } from './languages';
import { PALETTES, type Palette } from './palettes';

export const TITLE_MAX_CHARACTERS = 200;
export const TAGLINE_MAX_CHARACTERS = 300;
export const ABOUT_MAX_CHARACTERS = 2_000;
export const CONDUCT_MAX_CHARACTERS = 5_000;
export const MENU_MAX_LINKS = 8;
export const LABEL_MAX_CHARACTERS = 60;
export const SOCIAL_MAX_LINKS = 10;
export const ADDRESS_MAX_CHARACTERS = 500;
export const POSTS_PER_PAGE_MAX = 50;

/** A link of the header. `page`: a page, wherever it is now; an empty label is that page's title. `to`: a path of this blog, or an address elsewhere. */
export type MenuItem = { label: string; page: string } | { label: string; to: string };

const typed = (value: unknown): string => (typeof value === 'string' ? cleanText(value) : '');
const asLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
// Text of several lines, without what no keyboard types.
const asText = (text: string): string => text.replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();

type TooLong = `${'title' | 'tagline' | 'about' | 'conduct' | 'linkName'}TooLong`;
/** A schema's own sentence, said when it is refused. */
const says = (say: () => string) => ({ error: say });
const atMost = (max: number, tooLong: TooLong) => says(() => t(`site.refused.${tooLong}`, { max }));

const line = (max: number, tooLong: TooLong) => z.unknown().default('').transform((value) => asLine(typed(value))).refine((text) => text.length <= max, atMost(max, tooLong));
const text = (max: number, tooLong: TooLong) => z.unknown().default('').transform((value) => asText(typed(value))).refine((value) => value.length <= max, atMost(max, tooLong));
const asset = z.unknown().default('').transform((value) => typed(value) || null).pipe(z.uuid(says(() => t('site.refused.pictureWanted'))).nullable());

/** A whole address of the web by https, as it is kept; null for any other, and for one that carries a name and password. */
export function secureAddress(address: string): string | null {
  if (address.length > ADDRESS_MAX_CHARACTERS || !/^https:\/\//i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.username === '' && url.password === '' ? url.href : null;
}

const menuRow = z.object({ label: line(LABEL_MAX_CHARACTERS, 'linkNameTooLong'), page: z.string().catch(''), to: z.unknown().default('').transform((value) => asLine(typed(value))) })
  .transform(({ label, page, to }, context): MenuItem => {
    const refuse = (path: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [path], message });
      return z.NEVER;
    };
    if (page !== '') return z.uuid().safeParse(page).success ? { label, page } : refuse('page', t('site.refused.linkTargetWanted'));
    const place = to.length <= ADDRESS_MAX_CHARACTERS ? (ownPath(to) ?? secureAddress(to)) : null;
    if (place === null) return refuse('to', t('site.refused.linkAddress'));
    return label === '' ? refuse('label', t('site.refused.linkNameWanted')) : { label, to: place };
  });

const socialSchema = z.unknown().default('').transform((value) => [...new Set(typed(value).split('\n').map(asLine).filter(Boolean))]).transform((lines, context): string[] => {
  if (lines.length > SOCIAL_MAX_LINKS) context.addIssue({ code: 'custom', message: t('site.refused.tooManyAddresses', { max: SOCIAL_MAX_LINKS }) });
  return lines.map((address) => {
    const whole = secureAddress(address);
    if (whole === null) context.addIssue({ code: 'custom', message: t('site.refused.address', { address: address.slice(0, 80) }) });
    return whole ?? '';
  });
});

const perPage = says(() => t('site.refused.perPageWanted', { max: POSTS_PER_PAGE_MAX }));
const zone = says(() => t('site.refused.zoneWanted'));
const language = says(() => t('site.refused.languageWanted'));

/** What each section of the settings takes, as its form sends it. */
export const SECTION_SCHEMAS = {
  name: z.object({ title: line(TITLE_MAX_CHARACTERS, 'titleTooLong').refine((title) => title !== '', says(() => t('site.refused.titleWanted'))), tagline: line(TAGLINE_MAX_CHARACTERS, 'taglineTooLong') }),
  about: z.object({ about: text(ABOUT_MAX_CHARACTERS, 'aboutTooLong'), pictureId: asset }),
  look: z.object({ palette: z.enum(PALETTES, says(() => t('site.refused.paletteWanted'))), iconId: asset }),
  menu: z.object({ menu: z.array(menuRow).max(MENU_MAX_LINKS, says(() => t('site.refused.tooManyLinks', { max: MENU_MAX_LINKS }))).nullable() }),
  reading: z.object({
    postsPerPage: z.string(perPage).trim().regex(/^\d{1,3}$/, perPage).transform(Number).pipe(z.number().min(1, perPage).max(POSTS_PER_PAGE_MAX, perPage)),
    timeZone: z.string(zone).refine(isZone, zone),
    language: z.string(language).refine(isLanguage, language),
  }),
  elsewhere: z.object({ social: socialSchema }),
  conduct: z.object({ conduct: text(CONDUCT_MAX_CHARACTERS, 'conductTooLong') }),
} as const;
export type Section = keyof typeof SECTION_SCHEMAS;
export const SECTIONS = ['name', 'about', 'look', 'menu', 'reading', 'elsewhere', 'conduct'] as const satisfies readonly Section[];
export type SectionInput<S extends Section> = z.output<(typeof SECTION_SCHEMAS)[S]>;

/** A picture as the form of the settings shows it. */
export type ChosenPicture = { id: string; path: string; alt: string };

/** All that the page of settings sets, as it is now. `seen`: of each section, to be sent with what is saved. */
export type SettingsView = {
  title: string; tagline: string; about: string; conduct: string;
  picture: ChosenPicture | null; icon: ChosenPicture | null;
  palette: Palette; menu: MenuItem[] | null; social: string[];
  postsPerPage: number; timeZone: string; language: string;
  reportsToHold: number; acceptsMentions: boolean; quotesComments: boolean; stepsHidden: boolean;
  seen: Record<Section, string>;
};

/** The links as they are kept in the database; null for what is none, and for none: the pages stand there then. */
export const storedMenuSchema: z.ZodType<MenuItem[] | null> = z
  .array(z.union([z.object({ label: z.string(), page: z.uuid() }), z.object({ label: z.string(), to: z.string() })]))
  .max(MENU_MAX_LINKS).nullable().catch(null);

/** One row of the menu as it is typed. `page` empty: `to` counts. */
export type MenuRow = { label: string; page: string; to: string };

export const rowsOf = (items: MenuItem[]): MenuRow[] => items.map((item) => ('page' in item ? { ...item, to: '' } : { ...item, page: '' }));

const enteredRows = z.array(z.object({ label: z.string(), page: z.string(), to: z.string() })).catch([]);

/** The rows that were sent with a refused form. */
export function rowsEntered(json: string): MenuRow[] {
  try {
    return enteredRows.parse(JSON.parse(json));
  } catch {
    return [];
  }
}

/** A section's form between two requests. `entered`: what was typed, where it was refused. `seen`: to be sent the next time, after a conflict. */
export type SectionState = { done: string | null; message: string | null; fields: Record<string, string>; entered: Record<string, string> | null; seen: string | null };
export const NOTHING_SAVED: SectionState = { done: null, message: null, fields: {}, entered: null, seen: null };

/** What a section's form sent: for its schema, and to be shown again. */
export function readSection(form: FormData): { section: string; seen: string; typed: Record<string, unknown>; entered: Record<string, string> } {
  const word = (name: string) => typed(form.get(name));
  const names = ['title', 'tagline', 'about', 'pictureId', 'pictureIdPath', 'palette', 'iconId', 'iconIdPath', 'postsPerPage', 'timeZone', 'language', 'social', 'conduct', 'own'];
  const entered = Object.fromEntries(names.filter((name) => form.has(name)).map((name) => [name, word(name)]));
  const all = (name: string) => form.getAll(name).map(typed);
  const [labels, pages, places] = [all('label'), all('page'), all('to')];
  const rows: MenuRow[] = labels.map((label, at) => ({ label, page: pages[at] ?? '', to: places[at] ?? '' }));
  const menu = word('own') === 'own' ? rows : null;
  return { section: word('section'), seen: word('seen'), typed: { ...entered, menu }, entered: { ...entered, rows: JSON.stringify(rows) } };
}
