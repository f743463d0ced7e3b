import { currentAnswer } from '../answer';
import { db } from '../db/client';
import { findOwnMedia, runIn } from '../media/sources';

const IS_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|heic|mp3|m4a|og[agv]|wav|flac|mp4|m4v|mov|webm|avi|wmv|pdf|docx?|pp[st]x?|xlsx?|od[pst]|rtf|txt|zip|epub)$/i;
const HOSTS_MAX = 8;

/** The hosts at which the old blog's files were asked for: those that imports kept, and the one that it is now. */
async function oldHosts(): Promise<string[]> {
  const kept = await db().importKey.findMany({ where: { kind: 'host' }, select: { externalId: true }, orderBy: { externalId: 'asc' }, take: HOSTS_MAX });
  const hosts = [new URL(currentAnswer().origin).host, ...kept.map(({ externalId }) => externalId)].map((host) => host.replace(/^www\./, ''));
  // A blog at WordPress.com had its files at a host beside its own.
  const beside = hosts.flatMap((host) => /^([\w-]+)\.wordpress\.com$/.exec(host)?.[1] ?? []).map((name) => `${name}.files.wordpress.com`);
  return [...new Set([...hosts, ...beside])].flatMap((host) => (host.endsWith('.files.wordpress.com') ? [host] : [host, `www.${host}`]));
}

/** WordPress.com has its files without, its domains with `/wp-content/uploads`. */
function writings(path: string): string[] {
  const bare = path.replace(/^\/wp-content\/uploads(?=\/)/, '');
  const paths = /^\/\d{4}\/\d\d\//.test(bare) ? [path, bare, `/wp-content/uploads${bare}`] : [path];
  // What is kept of an address is as it was written: é has two spellings.
  return [...new Set(paths.flatMap((one) => [one, one.normalize('NFD')]))].map((one) => one.split('/').map(encodeURIComponent).join('/'));
}

/** Where a file of the old blog is kept now, by its path there (in the form of `canonicalPath`), whatever its size; null for what is none or was not kept. */
export async function findOldFile(path: string): Promise<string | null> {
  if (!IS_FILE.test(path)) return null;
  const addresses = (await oldHosts()).flatMap((host) => writings(path).map((written) => `https://${host}${written}`));
  const found = await findOwnMedia(runIn(db()), addresses);
  return addresses.map((address) => found.get(address)?.path).find((place) => place !== undefined) ?? null;
}
