import { createHash } from 'node:crypto';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { keptPath, typeOfMime } from '../media/kept-types';
import { squarePicture } from '../media/site-pictures';
import { ABOUT_SIDE_PX, TOUCH_ICON_SIDE_PX } from '../media/site-picture-names';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { z } from '../zod';
import { paletteOf } from './palettes';
import { SITE_DEFAULTS } from './schema';
import { SECTION_SCHEMAS, SECTIONS, storedMenuSchema, type ChosenPicture, type Section, type SectionInput, type SettingsView } from './settings-form';

const notYours = () => fail('not-found', t('site.refused.notThere'));
const conflict = () => fail('conflict', t('site.refused.changed'));

const pictureColumns = { select: { id: true, sha256: true, mimeType: true, alt: true } } as const;
const columns = {
  title: true, tagline: true, about: true, conduct: true, pictureId: true, iconId: true, palette: true, menu: true, social: true,
  postsPerPage: true, timeZone: true, language: true, reportsToHold: true, acceptsMentions: true, quotesComments: true, stepsHidden: true, picture: pictureColumns, icon: pictureColumns,
} as const satisfies Prisma.SiteSelect;
type Row = Prisma.SiteGetPayload<{ select: typeof columns }>;

/** As the columns begin. */
const DEFAULTS: Row = { ...SITE_DEFAULTS, about: '', conduct: '', pictureId: null, iconId: null, palette: 'clay', menu: null, social: [], stepsHidden: false, picture: null, icon: null };

const findRow = async (tx: Tx): Promise<Row> => (await tx.site.findFirst({ where: { id: 1 }, select: columns })) ?? DEFAULTS;

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 20);

const COLUMNS_OF: Record<Section, (keyof Row)[]> = {
  name: ['title', 'tagline'], about: ['about', 'pictureId'], look: ['palette', 'iconId'], menu: ['menu'],
  reading: ['postsPerPage', 'timeZone', 'language'], elsewhere: ['social'], conduct: ['conduct'],
};

/** How a section stands, in one word: a change of any other section is none of it. */
const markOf = (row: Row, section: Section): string => hashOf(COLUMNS_OF[section].map((name) => row[name]));

type PictureRow = NonNullable<Row['picture']>;
const chosen = (row: PictureRow | null): ChosenPicture | null => row && { id: row.id, alt: row.alt, path: keptPath(row.sha256, row.mimeType) };

/** The settings as they are, for their owner; null for everybody else. */
export async function findSettings(viewer: Actor): Promise<SettingsView | null> {
  if (!isOwner(viewer)) return null;
  const row = await findRow(db());
  const { pictureId: _, iconId: __, ...rest } = row;
  const seen = (section: Section) => markOf(row, section);
  return {
    ...rest, picture: chosen(row.picture), icon: chosen(row.icon), palette: paletteOf(row.palette), menu: storedMenuSchema.parse(row.menu),
    seen: { name: seen('name'), about: seen('about'), look: seen('look'), menu: seen('menu'), reading: seen('reading'), elsewhere: seen('elsewhere'), conduct: seen('conduct') },
  };
}

const sectionSchema = z.enum(SECTIONS);

/** Sentences by field; that of a row of the menu is called `menu-2-to`. The first of each counts. */
function refusedFields({ issues }: z.core.$ZodError): Failure {
  const fields = Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.map(String).join('-'), message]));
  return fail('invalid', Object.values(fields).join(' '), { fields });
}

type Sent = { section: unknown; seen: unknown; typed: unknown };

/**
 * Saves one section of the settings; the others stay as they are, whoever saves them at the same moment. Atomic; the next
 * request shows it. Value: how the section stands now, to be sent with the next save.
 * Refuses: `not-found` for everybody but an owner, `invalid` with a sentence for each field, `conflict` when the section
 * is not as it was seen; saved again with `findSettings`' new mark, it is put in place of the other.
 */
export async function saveSettings(actor: Actor, { section: word, seen, typed }: Sent, now: Date): Promise<Result<string>> {
  if (!isOwner(actor)) return notYours();
  const section = sectionSchema.safeParse(word);
  if (!section.success) return notYours();
  const input = SECTION_SCHEMAS[section.data].safeParse(typed);
  if (!input.success) return refusedFields(input.error);
  const refusal = (await refusalToPictures(input.data)) ?? (await refusalToMenu(input.data));
  if (refusal) return refusal;
  const data = columnsOf(input.data);
  return changing(async (tx, changed) => {
    await lockSite(tx);
    if (seen !== markOf(await findRow(tx), section.data)) return conflict();
    const gone = await lockPictures(tx, input.data);
    if (gone) return gone;
    await tx.site.update({ where: { id: 1 }, data: { ...data, updatedAt: now, ...(section.data === 'name' && { sample: false }) }, select: { id: true } });
    changed('site');
    return ok(markOf(await findRow(tx), section.data));
  });
}

/** The one row, there and locked: what is saved at the same moment is saved before or after. */
async function lockSite(tx: Tx): Promise<void> {
  await tx.site.createMany({ data: [{ id: 1, title: SITE_DEFAULTS.title }], skipDuplicates: true });
  await tx.$queryRaw`SELECT 1 FROM "Site" WHERE id = 1 FOR UPDATE`;
}

type Input = Partial<SectionInput<'name'> & SectionInput<'about'> & SectionInput<'look'> & SectionInput<'menu'> & SectionInput<'reading'> & SectionInput<'elsewhere'> & SectionInput<'conduct'>>;

function columnsOf(input: Input): Prisma.SiteUncheckedUpdateInput {
  const { menu, ...rest } = input;
  return { ...rest, ...(menu !== undefined && { menu: menu ?? Prisma.DbNull }) };
}

/** Whether the chosen pictures can be drawn as they will be shown; those that stand there already are. */
async function refusalToPictures({ pictureId, iconId }: Input): Promise<Failure | null> {
  const asked = [['pictureId', pictureId, ABOUT_SIDE_PX, 'webp'], ['iconId', iconId, TOUCH_ICON_SIDE_PX, 'png']] as const;
  for (const [field, id, side, format] of asked) {
    if (!id || (await findRow(db()))[field] === id) continue;
    const asset = await db().mediaAsset.findUnique({ where: { id }, select: { sha256: true, mimeType: true } });
    if (!asset || typeOfMime(asset.mimeType)?.kind !== 'image') return refusedField(field, t('site.refused.pictureGone'));
    const drawn = await squarePicture(asset, side, format);
    if (!drawn.ok) return refusedField(field, drawn.message);
  }
  return null;
}

/** The chosen pictures, locked: nobody deletes one before it stands here. */
async function lockPictures(tx: Tx, { pictureId, iconId }: Input): Promise<Failure | null> {
  for (const [field, id] of [['pictureId', pictureId], ['iconId', iconId]] as const) {
    if (id && (await tx.$queryRaw<unknown[]>`SELECT 1 FROM "MediaAsset" WHERE id = ${id}::uuid FOR KEY SHARE`).length === 0) return refusedField(field, t('site.refused.pictureGone'));
  }
  return null;
}

const refusedField = (field: string, message: string): Failure => fail('invalid', message, { fields: { [field]: message } });

async function refusalToMenu({ menu }: Input): Promise<Failure | null> {
  const asked = (menu ?? []).flatMap((item, at) => ('page' in item ? [{ id: item.page, at }] : []));
  if (asked.length === 0) return null;
  const found = await db().post.findMany({ where: { id: { in: asked.map(({ id }) => id) }, kind: 'page', status: { not: 'trash' } }, select: { id: true } });
  const gone = asked.find(({ id }) => !found.some((page) => page.id === id));
  return gone ? refusedField(`menu-${gone.at}-page`, t('site.refused.pageGone')) : null;
}

/** Shows or hides the first steps of the desk. Refuses: `not-found` for everybody but an owner. */
export async function setStepsHidden(actor: Actor, stepsHidden: boolean): Promise<Result> {
  if (!isOwner(actor)) return notYours();
  await db().site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, stepsHidden }, update: { stepsHidden }, select: { id: true } });
  return ok();
}
