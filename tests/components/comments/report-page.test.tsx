import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Discussion } from '@/components/comments/discussion';
import { ReportPage } from '@/components/comments/report-page';
import type { CommentView } from '@/lib/comments/schema';
import type { ReportState } from '@/lib/moderation/report-form';
import type { ReportPageView } from '@/lib/moderation/reports';
import { reportName } from '@/lib/moderation/rules';
import { REPORT_REASONS } from '@/lib/moderation/schema';
import { storedHtml } from '@/lib/text/safe-html';

const site = { language: 'en', timeZone: 'UTC' };
const at = new Date('2016-05-13T10:00:00Z');
const view: ReportPageView = {
  id: 'aaaaaaaaaaaa', post: { title: 'Patience', href: '/posts/patience' }, comment: { name: 'Ines', html: storedHtml('<p>Elm Street 5</p>'), createdAt: at },
  outcome: null, isKnown: false, isByViewer: false, mayBeTold: false,
};

function show(given: Partial<ReportPageView> = {}, answer: Partial<ReportState> = {}) {
  const action = async (state: ReportState): Promise<ReportState> => ({ ...state, ...answer });
  render(<ReportPage action={action} report={{ ...view, ...given }} site={site} />);
}

test('the reasons stand in their order, private details first and none chosen, with a field for words', () => {
  show();
  expect(screen.getByRole('heading', { level: 1, name: 'Report the comment by Ines' })).toBeTruthy();
  const radios = screen.getAllByRole<HTMLInputElement>('radio');
  expect(radios.map((radio) => [radio.value, radio.checked, radio.labels?.[0]?.textContent])).toEqual(REPORT_REASONS.map((reason) => [reason, false, reportName(reason)]));
  expect(screen.getByRole('group', { name: 'What is wrong with it?' })).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Anything else we should know? (optional)' }).maxLength).toBe(1000);
});

test('only who has proven an address is asked whether to be told by mail; a guest is told where to look', () => {
  show({ mayBeTold: true });
  expect(screen.getByRole('checkbox', { name: 'Tell me by mail what becomes of it' })).toBeTruthy();
  expect(screen.queryByText(/come back to this page in this browser/)).toBeNull();
});

test('a guest is told where to look', () => {
  show();
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(screen.getByText(/come back to this page in this browser/)).toBeTruthy();
});

test('a refusal stands beside its field, and nothing typed is lost', async () => {
  show({}, { message: 'Please choose.', fields: { reason: 'Please choose what is wrong with it.' }, entered: { reason: '', words: 'My street.', tellOutcome: false } });
  await userEvent.click(screen.getByRole('button', { name: 'Send report' }));
  const group = await screen.findByRole('group', { name: 'What is wrong with it?', description: 'Please choose what is wrong with it.' });
  expect(group.contains(screen.getByRole('alert'))).toBe(true);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('My street.');
});

test.each([
  ['waiting', 'Thank you. A person will look at it.'],
  ['stays', 'A moderator has looked: the comment stays.'],
  ['gone', 'A moderator has looked: the comment is not shown any more.'],
  ['withdrawn', 'its writer took it away'],
] as const)('once it is sent the page says what became of it: %s', (outcome, words) => {
  show({ outcome, isKnown: true, ...((outcome === 'gone' || outcome === 'withdrawn') && { comment: null }) });
  expect(screen.getByRole('status').textContent).toContain(words);
  expect(screen.queryByRole('button')).toBeNull();
});

test('what is hidden is not shown to whoever reported it', () => {
  show({ outcome: 'waiting', isKnown: true, comment: null });
  expect(screen.getByRole('heading', { level: 1, name: 'Your report' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Back to Patience' }).getAttribute('href')).toBe('/posts/patience');
});

test('one’s own comment has no form', () => {
  show({ isByViewer: true });
  expect(screen.queryByRole('button')).toBeNull();
});

test('every published comment leads there, named for whom it is about, and says its revision only where it is not the first', () => {
  const comment = (id: string, name: string, revision: number): CommentView => ({
    kind: 'comment', id, legacyNumber: null, depth: 1, name, picture: null, website: null, isPostAuthor: false, createdAt: at, isEdited: false, revision,
    html: storedHtml('<p>Text</p>'), inReplyTo: null, place: null, replies: [],
  });
  const post = { kind: 'post' as const, slug: 'p', title: 'P', approvedCount: 2, commentsOpen: false, helpline: null };
  render(<Discussion post={post} site={{ ...site, quotesComments: true }} discussion={{ page: 1, order: 'oldest', pages: 1, newest: null, threads: [comment('aaaaaaaaaaaa', 'Ines', 1), comment('bbbbbbbbbbbb', 'Jonas', 4)], mentions: [] }}>{null}</Discussion>);
  const link = screen.getByRole('link', { name: 'Report the comment by Ines' });
  expect([link.getAttribute('href'), link.getAttribute('rel'), link.textContent]).toEqual(['/comments/aaaaaaaaaaaa/report', 'nofollow', 'Report']);
  expect(screen.getAllByRole('article').map((article) => article.dataset.revision)).toEqual([undefined, '4']);
});
