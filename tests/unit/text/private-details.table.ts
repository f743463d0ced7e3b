import { DETAIL_KINDS, type DetailKind } from '@/lib/text/detail-kinds';
import { findPrivateDetails } from '@/lib/text/private-details';
import { CASES, type Case } from './private-details.cases';

type Counts = { texts: number; silent: number; found: number; missed: number; wrong: number };

function count(cases: readonly Case[]): Counts {
  const counts = { texts: cases.length, silent: 0, found: 0, missed: 0, wrong: 0 };
  for (const [, text, ...shows] of cases) {
    const shown = findPrivateDetails(text).map((detail) => detail.shown);
    if (shows.length === 0) counts.silent++;
    counts.found += shows.filter((one) => shown.includes(one)).length;
    counts.missed += shows.filter((one) => !shown.includes(one)).length;
    counts.wrong += shown.filter((one) => !shows.includes(one)).length;
  }
  return counts;
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));
const row = (name: string, { texts, silent, found, missed, wrong }: Counts): string =>
  `| ${[name, texts, silent, found + missed, found, missed, wrong, share(found, found + wrong), share(found, found + missed)].join(' | ')} |`;

const NAMES: Record<DetailKind, string> = { child: 'child with a school', phone: 'phone number', address: 'postal address', email: 'e-mail address' };

/** The table of docs/private-details.md, measured now. A case counts for the kind that it is about. */
export function detailsTable(): string {
  return [
    '| about | texts | with nothing in them | details in them | found | missed | found too much | precision | recall |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...DETAIL_KINDS.map((kind) => row(NAMES[kind], count(CASES.filter(([about]) => about === kind)))),
    row('all', count(CASES)),
  ].join('\n');
}
