import { describe, expect, test } from 'vitest';
import { parseReport, readReport } from '@/lib/moderation/report-form';
import { countReaders, hidesComment, reasonOfReports, refusalToReport, type OpenReport } from '@/lib/moderation/reported';
import { riskOf, URGENT_RISK } from '@/lib/moderation/sentences';
import { REPORT_REASONS, REPORT_WORDS_MAX_CHARACTERS } from '@/lib/moderation/schema';

const report = (reason: OpenReport['reason'], ipHash: string | null): OpenReport => ({ reason, ipHash });

describe('how many readers report', () => {
  test.each<[string, OpenReport[], number]>([
    ['none', [], 0],
    ['two behind one address are one', [report('spam', 'a'), report('unkind', 'a')], 1],
    ['two networks are two', [report('spam', 'a'), report('spam', 'b')], 2],
    ['from who knows where each is one', [report('spam', null), report('spam', null), report('spam', 'a')], 3],
  ])('%s', (_what, reports, readers) => expect(countReaders(reports)).toBe(readers));

  test('their weightiest reason stands for all, and private details above everything', () => {
    expect(reasonOfReports([])).toBeNull();
    expect(reasonOfReports([report('other', 'a'), report('spam', 'b')])).toEqual({ rule: 'reported', readers: 2, reason: 'spam' });
    const urgent = reasonOfReports([report('spam', 'a'), report('private', 'b')])!;
    expect(urgent).toEqual({ rule: 'reported', readers: 2, reason: 'private' });
    expect(riskOf(urgent)).toBe(URGENT_RISK);
    expect(riskOf({ rule: 'reported', readers: 5000, reason: 'spam' })).toBeLessThan(URGENT_RISK);
  });
});

describe('whether a report hides a comment', () => {
  const facts = { reason: 'spam' as const, readers: 1, isByStaff: false, wasKept: false, reportsToHold: 3 };
  test.each<[string, Partial<Parameters<typeof hidesComment>[0]>, boolean]>([
    ['one for spam', {}, false],
    ['so many as the owner says', { readers: 3 }, true],
    ['more', { readers: 4 }, true],
    ['never, where the owner says so', { readers: 90, reportsToHold: 0 }, false],
    ['one for private details', { reason: 'private' }, true],
    ['one for private details, also where no number of others does', { reason: 'private', reportsToHold: 0 }, true],
    ['one for private details of what a person has kept', { reason: 'private', wasKept: true }, false],
    ['enough for private details of what a person has kept', { reason: 'private', wasKept: true, readers: 3 }, true],
    ['any of what those write who run the blog', { reason: 'private', isByStaff: true, readers: 90 }, false],
  ])('%s', (_what, given, hides) => expect(hidesComment({ ...facts, ...given })).toBe(hides));
});

test.each([
  [{ hasReported: true, isVisible: false, isOwn: false }, 'duplicate'],
  [{ hasReported: false, isVisible: false, isOwn: true }, 'not-found'],
  [{ hasReported: false, isVisible: true, isOwn: true }, 'forbidden'],
  [{ hasReported: false, isVisible: true, isOwn: false }, undefined],
])('a report is refused in order: %j is %s', (facts, code) => expect(refusalToReport(facts)?.code).toBe(code));

describe('the form', () => {
  const sent = (given: Record<string, string | Blob>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ comment: 'aaaaaaaaaaaa', ...given })) form.set(name, value);
    return parseReport(readReport(form));
  };

  test.each(REPORT_REASONS)('takes %s', (reason) => expect(sent({ reason, words: ' Look.\r\n ' })).toEqual({ ok: true, value: { comment: 'aaaaaaaaaaaa', reason, words: 'Look.', tellOutcome: false } }));
  test('takes a wish to be told', () => expect(sent({ reason: 'spam', tellOutcome: 'on' })).toMatchObject({ value: { tellOutcome: true, words: '' } }));
  test.each([
    ['nothing chosen', {}, ['reason']],
    ['a reason that is none', { reason: 'envy' }, ['reason']],
    ['a file for a reason', { reason: new Blob(['spam']) }, ['reason']],
    ['too many words', { reason: 'spam', words: 'x'.repeat(REPORT_WORDS_MAX_CHARACTERS + 1) }, ['words']],
    ['what cannot be stored', { reason: 'spam', words: 'a\0b' }, ['words']],
    ['all of it', { words: '\0' }, ['reason', 'words']],
  ])('refuses %s', (_what, given, fields) => {
    const result = sent(given);
    expect(result).toMatchObject({ ok: false, code: 'invalid' });
    expect(Object.keys((!result.ok && result.fields) || {})).toEqual(fields);
  });
  test('counts letters, not halves of them', () => expect(sent({ reason: 'spam', words: '🙂'.repeat(REPORT_WORDS_MAX_CHARACTERS) })).toMatchObject({ ok: true }));
  test('refuses what is no comment', () => expect(sent({ comment: '../admin', reason: 'spam' })).toMatchObject({ ok: false, code: 'not-found' }));
});
