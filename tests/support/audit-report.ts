import { type Asked, type Audited, CATEGORIES, type Category, type Device, DEVICES, type Finding } from './lighthouse';
import type { KindOfPage } from './page-kinds';

/** What Lighthouse said of a page on one device. */
export type Row = KindOfPage & Pick<Asked, 'device' | 'categories'> & { audited: Audited };
export type Facts = { date: string; lighthouse: string; node: string; commit: string };

const LEAST_PERFORMANCE = 99;
const BYTES_PER_KB = 1000;
const MS_PER_SECOND = 1000;
/** What a page that is kept out of search engines fails, as it should. */
const HIDING = ['is-crawlable', 'http-status-code'];

const isHiding = ({ isHidden }: KindOfPage, { id, category }: Finding): boolean => isHidden && category === 'seo' && HIDING.includes(id);

/** A browser's own line about a page that answers 404, as it should. */
const isMissing = ({ isHidden, path }: KindOfPage, { id, found }: Finding): boolean => isHidden && id === 'errors-in-console' && found.length === 1 && found[0]!.includes('404') && found[0]!.includes(`${path}"`);

const isOnPurpose = (row: KindOfPage, finding: Finding): boolean => isHiding(row, finding) || isMissing(row, finding);

/** The audits that cost a page a point, but for those that a page kept out of search engines, or a missing one, fails on purpose. Speed is a number, and no fault of a page. */
export const faultsOf = (row: Row): Finding[] => row.audited.findings.filter((found) => found.category !== 'performance' && found.weight > 0 && !isOnPurpose(row, found));

/** What is not as it must be, in words; performance and layout shift are bound where the page is one of readers, which are kept. */
export function missedBy(row: Row): string[] {
  const { audited: { scores, shift }, isHidden } = row;
  const isBound = row.categories.includes('performance');
  return [
    ...faultsOf(row).map(({ id, title, found }) => [`\`${id}\`: ${title}`, ...found].join('\n    ')),
    ...(isBound && !isHidden && (scores.performance ?? 0) < LEAST_PERFORMANCE ? [`performance ${scores.performance}`] : []),
    ...(isBound && shift > 0 ? [`layout shift ${shift}`] : []),
  ];
}

const LABELS: Record<Category, string> = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices', seo: 'SEO' };
const PLACES: Record<Device, string> = { mobile: 'phone (slow 4G, processor slowed to a quarter)', desktop: 'desktop' };

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: string[], rows: string[][]): string[] => [line(head), line(head.map(() => '---')), ...rows.map(line)];

function scoreText(row: Row, category: Category): string {
  const score = row.audited.scores[category];
  if (score === undefined) return '';
  const isMarked = row.audited.findings.some((found) => found.category === category && isOnPurpose(row, found)) && !faultsOf(row).some((found) => found.category === category);
  return isMarked ? `${score} ¹` : String(score);
}

const named = ({ kind, path }: KindOfPage): string => `${kind} \`${path.replace(/[0-9a-f-]{36}/, 'ID')}\``;

function readersTable(rows: readonly Row[]): string[] {
  const numbers = ({ audited: { shift, largestPaintMs, bytes } }: Row) => [String(Number(shift.toFixed(4))), `${(largestPaintMs / MS_PER_SECOND).toFixed(1)} s`, `${Math.round(bytes / BYTES_PER_KB)} KB`];
  return table(['page', ...CATEGORIES.map((category) => LABELS[category]), 'CLS', 'LCP', 'sent'], rows.map((row) => [named(row), ...CATEGORIES.map((category) => scoreText(row, category)), ...numbers(row)]));
}

function deskTable(rows: readonly Row[]): string[] {
  const paths = [...new Set(rows.map(({ path }) => path))];
  const both = (path: string, category: Category) => DEVICES.map((device) => rows.find((row) => row.path === path && row.device === device)).map((row) => (row ? scoreText(row, category) : '–')).join(' / ');
  return table(['page', 'accessibility', 'best practices'], paths.map((path) => [named(rows.find((row) => row.path === path)!), both(path, 'accessibility'), both(path, 'best-practices')]));
}

/** docs/audits.md, whole. */
export function auditsPage(readers: readonly Row[], desk: readonly Row[], { date, lighthouse, node, commit }: Facts): string {
  const missed = [...readers, ...desk].flatMap((row) => missedBy(row).map((words) => `- ${named(row)}, ${row.device}: ${words}`));
  return [
    '# Audits', '',
    'Written by `node --import tsx --import ./server/preload.ts tests/audits.ts`: Lighthouse, in the browser of the tests, on a production blog of its own. A page of readers must have 100 in accessibility, best practices and SEO, 99 or more in performance, and a layout shift (CLS) of 0. `npm test` holds the first three and the fourth on a few of them (`tests/e2e/audits.test.ts`); performance is a measurement, and is only written down here.', '',
    `${date}. Lighthouse ${lighthouse}. Node ${node}. Commit ${commit}.`, '',
    ...DEVICES.flatMap((device) => [`## Readers’ pages, ${PLACES[device]}`, '', ...readersTable(readers.filter((row) => row.device === device)), '']),
    '¹ Kept out of search engines on purpose: by `noindex`, by `robots.txt`, or because there is no such page, of which the browser’s console tells too. All other audits are passed. These pages are made anew for each reader, so their performance is no kept page’s; signing in belongs to the desk, which is an app.', '',
    '## The desk and the account, phone / desktop', '',
    ...deskTable(desk), '',
    '## Not passed', '',
    ...(missed.length > 0 ? missed : ['Nothing.']), '',
  ].join('\n');
}
