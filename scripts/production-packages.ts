import { existsSync, readFileSync } from 'node:fs';
import { inProject } from '../server/project';

/** A package that an installation for production may hold; `folder`: where npm puts it. */
export type ProductionPackage = { folder: string; name: string; version: string; licence: string };

type Locked = { version?: string; license?: string; dev?: boolean; link?: boolean };
type Manifest = { name?: string; version?: string; license?: unknown; licenses?: { type?: string }[] };

/** The licence of those whose manifests name none: what stands in their own LICENSE file. */
const READ_BY_HAND: Record<string, string> = { 'seq-queue': 'MIT' };

/** What the manifest of an installed package says; null where it is not installed: those of other machines are not. */
export function installedAs(folder: string): { version: string; licence: string } | null {
  const file = inProject(folder, 'package.json');
  if (!existsSync(file)) return null;
  const { name = '', version = '', license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const said = typeof license === 'string' ? license : licenses?.map(({ type }) => type).join(' OR ');
  return { version, licence: said ?? READ_BY_HAND[name] ?? 'unknown' };
}

/** Everything in package-lock.json that is not for development alone, for whichever machine, by name and version. */
export function productionPackages(): ProductionPackage[] {
  const { packages } = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
  const found = Object.entries(packages).filter(([folder, { dev, link }]) => folder !== '' && !dev && !link);
  return found
    .map(([folder, { version = '', license }]) => ({ folder, name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length), version, licence: license ?? installedAs(folder)?.licence ?? 'unknown' }))
    .sort((a, b) => (a.name === b.name ? a.version.localeCompare(b.version, 'en', { numeric: true }) : a.name < b.name ? -1 : 1));
}

/** docs/licences.md. */
export function licencesDocument(): string {
  const lines = [...new Set(productionPackages().map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`))];
  return [
    '# Licences', '',
    'Every package that an installation for production may hold, with its version and licence: what package-lock.json names and not for development alone. Those of other machines and processors are listed too, and not installed. Made by `node --import tsx scripts/licences.ts`; `tests/unit/licences.test.ts` compares it with what is installed and says which licences are taken.', '',
    `${lines.length} packages.`, '',
    '| package | version | licence |', '| --- | --- | --- |', ...lines, '',
  ].join('\n');
}
