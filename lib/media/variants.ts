import pLimit from 'p-limit';
import { postTag, type Tag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { log } from '../log';
import { blogSql, holdFile } from './keeping';
import { keptName } from './kept-types';
import { measureFile } from './metadata';
import { loadReadPicture } from './picture-reading';
import { KEPT_PICTURE_MAX_PIXELS } from './schema';
import { withKeptFile, withTemporary } from './store';
import { mediaStore } from './stores';
import { formatsOf, variantName, widthsOf, type VariantFormat, type VariantName } from './widths';

/** A kept picture. */
export type Pictured = { sha256: string; mimeType: string };

const DRAWING_MAX_SECONDS = 90;
const SWEEP_MAX = 500;
const SWEEP_MAX_MS = 20_000;
// They are drawn while readers wait for other things.
const DRAWN = {
  avif: { quality: 55, effort: 3 },
  webp: { quality: 78, effort: 3 },
  jpg: { quality: 78, mozjpeg: true },
} as const;

// A large picture takes hundreds of megabytes while it is drawn: one for whom somebody waits, and one of the job's.
const inTurn = { asked: pLimit(1), ahead: pLimit(1) };

/** In which widths a kept picture can be had: none where it moves, is of a type that is shown as it is, or cannot be read. @throws StoreFailed */
export async function measurePicture({ sha256, mimeType }: Pictured): Promise<number[]> {
  if (formatsOf(mimeType).length === 0) return [];
  const widths = await withKeptFile(keptName(sha256, mimeType), async (path) => {
    try {
      const read = await loadReadPicture();
      const { pages = 1, autoOrient: { width } } = await read(path, { limitInputPixels: KEPT_PICTURE_MAX_PIXELS }).metadata();
      return pages > 1 ? [] : widthsOf(width);
    } catch (error) {
      log.debug({ err: error }, 'A kept picture could not be measured.');
      return [];
    }
  });
  return widths ?? [];
}

/** How a size came to be: it is there; the picture cannot be drawn; not now; or somebody has deleted the picture meanwhile. */
export type Drawn = 'there' | 'broken' | 'late' | 'gone';
type Size = { width: number; format: VariantFormat };

/** Draws one size of a kept picture and keeps it, unless it is there. Idempotent. @throws StoreFailed, and where disk or database are away */
export async function drawVariant({ sha256, mimeType }: Pictured, size: Size, when: keyof typeof inTurn): Promise<Drawn> {
  const name = variantName({ sha256, ...size });
  if ((await mediaStore().sizeOf(name)) !== null) return 'there';
  return inTurn[when](async () => {
    const drawn = await withKeptFile(keptName(sha256, mimeType), (path) => withTemporary(async (temporary) => {
      const failure = await draw(path, temporary, name, size);
      return failure ?? keepSize(sha256, name, temporary);
    }));
    return drawn ?? 'broken';
  });
}

async function draw(from: string, temporary: string, name: string, { width, format }: Size): Promise<'broken' | 'late' | null> {
  try {
    const read = await loadReadPicture();
    const sized = read(from, { limitInputPixels: KEPT_PICTURE_MAX_PIXELS }).autoOrient().resize({ width, withoutEnlargement: true }).timeout({ seconds: DRAWING_MAX_SECONDS });
    const drawn = format === 'avif' ? sized.avif(DRAWN.avif) : format === 'webp' ? sized.webp(DRAWN.webp) : sized.jpeg(DRAWN.jpg);
    await drawn.toFile(temporary);
    return null;
  } catch (error) {
    log.warn({ err: error, size: name }, 'A size of a picture could not be drawn.');
    return error instanceof Error && (/timeout/i.test(error.message) || 'syscall' in error) ? 'late' : 'broken';
  }
}

/** Not while the picture is being deleted: the size would stay, and belong to nothing. */
async function keepSize(sha256: string, name: string, temporary: string): Promise<Drawn> {
  const measured = await measureFile(temporary);
  return blogSql.together(async (run) => {
    await holdFile(run, sha256);
    const assets = await run('SELECT 1 FROM "MediaAsset" WHERE sha256 = $1', [sha256]);
    if (assets.length === 0) return 'gone';
    await mediaStore().put(name, { path: temporary, ...measured });
    return 'there';
  });
}

/** The posts that show these files, by their tags: in their text, or above it. */
export async function tagsOfMedia(tx: Tx, shas: string[]): Promise<Tag[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "postId"::text AS id FROM "MediaUse" WHERE sha256 = ANY(${shas})
    UNION SELECT post.id::text FROM "Post" post JOIN "MediaAsset" asset ON asset.id = post."coverId" WHERE asset.sha256 = ANY(${shas})`;
  return rows.map(({ id }) => postTag(id));
}

/** Writes down in which widths pictures can be had; the pages that show them are made again. */
export async function noteWidths(found: { sha256: string; widths: number[] }[], now: Date): Promise<void> {
  if (found.length === 0) return;
  await changing(async (tx, changed) => {
    for (const { sha256, widths } of found) await tx.mediaAsset.updateMany({ where: { sha256 }, data: { widths, measuredAt: now } });
    const tags = await tagsOfMedia(tx, found.map(({ sha256 }) => sha256));
    tags.forEach(changed);
  });
}

/** What the sizes of a picture are made of, by its name; null where no size of that name is to be had. */
export async function findVariant({ sha256, width, format }: VariantName): Promise<Pictured | null> {
  const asset = await db().mediaAsset.findUnique({ where: { sha256 }, select: { sha256: true, mimeType: true, widths: true } });
  return asset?.widths.includes(width) && formatsOf(asset.mimeType).includes(format) ? asset : null;
}

/** Job `variants` for one picture: makes every size of it, until the process is to stop. One that cannot be drawn is written down, and not tried again. */
export async function drawAll(id: string, now: Date, signal?: AbortSignal): Promise<void> {
  const asset = await db().mediaAsset.findUnique({ where: { id }, select: { sha256: true, mimeType: true, widths: true } });
  for (const width of asset?.widths ?? []) {
    for (const format of formatsOf(asset?.mimeType ?? '')) {
      // What is left is drawn when somebody asks for it.
      if (!asset || signal?.aborted) return;
      const drawn = await drawVariant(asset, { width, format }, 'ahead');
      if (drawn === 'gone') return;
      if (drawn === 'broken') return noteWidths([{ sha256: asset.sha256, widths: [] }], now);
    }
  }
}

/** Job `variants` every minute: measures what came in without (by an import, with a backup), for at most SWEEP_MAX_MS. Its sizes are drawn when somebody asks. */
export async function measureNew(now: Date, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + SWEEP_MAX_MS;
  const assets = await db().mediaAsset.findMany({ where: { measuredAt: null }, select: { sha256: true, mimeType: true }, orderBy: { id: 'asc' }, take: SWEEP_MAX });
  const found: { sha256: string; widths: number[] }[] = [];
  for (const asset of assets) {
    if (signal?.aborted || performance.now() > until) break;
    found.push({ sha256: asset.sha256, widths: await measurePicture(asset) });
  }
  await noteWidths(found, now);
}
