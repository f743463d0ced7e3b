import { ARCHIVE_PATH_MAX_CHARACTERS } from './schema';

const DATED = /(?:^|\/)(\d{4}\/\d{2})\/[^/]+$/;

/**
 * A path inside an archive as we know it; null for one that is ignored: that leads out, is hidden or of a Mac's double
 * files, is too long, or is not readable as UTF-8.
 */
export function archivePath(written: string): string | null {
  if (written.length > ARCHIVE_PATH_MAX_CHARACTERS || /[\0\\\ufffd]|^\/|^[A-Za-z]:/.test(written)) return null;
  const segments = written.normalize('NFC').split('/').filter((segment) => segment !== '' && segment !== '.');
  const isOdd = segments.length === 0 || segments.some((segment) => segment.startsWith('.') || segment === '__MACOSX');
  return isOdd || written.endsWith('/') ? null : segments.join('/');
}

function pathOfAddress(address: string): string | null {
  try {
    return decodeURIComponent(new URL(address).pathname).normalize('NFC').replace(/^\/+/, '');
  } catch {
    return null;
  }
}

function commonTail(one: string[], other: string[]): number {
  let count = 0;
  while (count < Math.min(one.length, other.length) && one.at(-1 - count) === other.at(-1 - count)) count += 1;
  return count;
}

/** The files of an archive by their names; holds their paths, nothing else. A path that stands twice is one that says nothing. */
export class ArchiveNames {
  private readonly byName = new Map<string, string[]>();
  private readonly twice = new Set<string>();
  size = 0;

  add(path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const paths = this.byName.get(name);
    if (paths?.includes(path)) return void this.twice.add(path);
    if (paths) paths.push(path);
    else this.byName.set(name, [path]);
    this.size += 1;
  }

  /**
   * The file that an address names: the one whose path ends as the address does, for the longest; null where two are as
   * good. In folders of months (2016/05/a.jpg) the month must be the same, for many pictures are called IMG_0001.jpg;
   * elsewhere the bare name is enough, where there is only one.
   */
  find(address: string): string | null {
    const wanted = pathOfAddress(address);
    if (wanted === null) return null;
    const segments = wanted.split('/');
    const month = DATED.exec(wanted)?.[1];
    const alike = (this.byName.get(segments.at(-1) ?? '') ?? [])
      .filter((path) => !this.twice.has(path))
      .map((path) => ({ path, month: DATED.exec(path)?.[1], common: commonTail(path.split('/'), segments) }))
      .filter((found) => found.month === undefined || found.month === month);
    const most = alike.reduce((longest, { common }) => Math.max(longest, common), 0);
    const best = alike.filter(({ common }) => common === most);
    return best.length === 1 ? (best[0]?.path ?? null) : null;
  }
}
