import { expect, test } from 'vitest';
import { auditsPage, missedBy, type Row } from '../../support/audit-report';
import type { Finding } from '../../support/lighthouse';

const finding = (changes: Partial<Finding>): Finding => ({ id: 'color-contrast', title: 'Contrast is too low', category: 'accessibility', weight: 7, found: ['p.meta'], ...changes });
const NOT_FOUND = finding({ id: 'is-crawlable', category: 'seo', title: 'Is kept out', found: [] });

function row({ findings = [], scores, shift = 0, ...changes }: Partial<Row> & Partial<Row['audited']>): Row {
  const audited = { scores: { performance: 100, accessibility: 100, 'best-practices': 100, seo: 100, ...scores }, findings, shift, largestPaintMs: 1_449, bytes: 55_837 };
  return { kind: 'Front page', path: '/', isHidden: false, device: 'mobile', categories: ['performance', 'accessibility', 'best-practices', 'seo'], ...changes, audited };
}

test.each([
  ['a fault', row({ findings: [finding({})] }), ['`color-contrast`: Contrast is too low\n    p.meta']],
  ['a fault that costs nothing', row({ findings: [finding({ weight: 0 })] }), []],
  ['a slow page', row({ scores: { performance: 98 } }), ['performance 98']],
  ['what speed says in detail', row({ findings: [finding({ category: 'performance', id: 'first-contentful-paint' })] }), []],
  ['a page that moves', row({ shift: 0.01 }), ['layout shift 0.01']],
  ['a page that is to be found, and is not', row({ findings: [NOT_FOUND] }), ['`is-crawlable`: Is kept out']],
  ['a page that is kept out', row({ isHidden: true, findings: [NOT_FOUND], scores: { seo: 63, performance: 80 } }), []],
  ['a page that is kept out with another fault', row({ isHidden: true, findings: [NOT_FOUND, finding({ id: 'meta-description', category: 'seo', title: 'No words', found: [] })] }), ['`meta-description`: No words']],
  ['a page that is not there, of which the console tells', row({ isHidden: true, path: '/no', findings: [finding({ id: 'errors-in-console', category: 'best-practices', found: ['{"description":"a status of 404 (Not Found)","url":"http://localhost:1/no"}'] })] }), []],
  ['a page that is not there, of whose script the console tells', row({ isHidden: true, path: '/no', findings: [finding({ id: 'errors-in-console', category: 'best-practices', title: 'Errors', found: ['404 http://localhost:1/other.js"'] })] }), ['`errors-in-console`: Errors\n    404 http://localhost:1/other.js"']],
  ['a page of the desk', row({ isHidden: true, categories: ['accessibility'], shift: 1 }), []],
] as const)('%s', (_, given, missed) => {
  expect(missedBy(given)).toEqual(missed);
});

test('docs/audits.md has a line for each page, marks what is hidden on purpose, and lists what is missed', () => {
  const facts = { date: '2026-11-27', lighthouse: '12.8.2', node: '20.20.2', commit: 'abc1234' };
  const hidden = row({ kind: 'Search', path: '/search', isHidden: true, findings: [NOT_FOUND], scores: { seo: 63 }, device: 'desktop' });
  const desk = (device: Row['device']) => row({ kind: 'Editor', path: '/admin/posts/01234567-89ab-7def-8123-456789abcdef', isHidden: true, categories: ['accessibility', 'best-practices'], device, scores: { accessibility: device === 'mobile' ? 99 : 100 } });
  const page = auditsPage([row({}), hidden], [desk('mobile'), desk('desktop')], facts);
  expect(page).toContain('2026-11-27. Lighthouse 12.8.2. Node 20.20.2. Commit abc1234.');
  expect(page).toContain('| Front page `/` | 100 | 100 | 100 | 100 | 0 | 1.4 s | 56 KB |');
  expect(page).toContain('| Search `/search` | 100 | 100 | 100 | 63 ¹ | 0 | 1.4 s | 56 KB |');
  expect(page).toContain('| Editor `/admin/posts/ID` | 99 / 100 | 100 / 100 |');
  expect(page).toMatch(/## Not passed\n\nNothing\.\n$/);
  expect(auditsPage([row({ shift: 0.2 })], [], facts)).toContain('- Front page `/`, mobile: layout shift 0.2');
});
