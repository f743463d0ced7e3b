import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { AcceptInvitationForm } from '@/components/people/accept-invitation-form';
import { InvitationsForm } from '@/components/people/invitations-form';
import { NotesForm } from '@/components/people/notes-form';
import { PeopleScreen } from '@/components/people/people-screen';
import { PersonScreen } from '@/components/people/person-screen';
import { StandingForm } from '@/components/people/standing-form';
import type { PersonView } from '@/lib/people/history';
import type { PersonRow } from '@/lib/people/queries';
import { historySchema, NOTHING_DONE, peopleSearchSchema, type ActState } from '@/lib/people/schema';

const site = { language: 'en', timeZone: 'UTC' };
const at = new Date('2026-11-25T12:00:00Z');
const counts = { pending: 1, approved: 2, spam: 0, trash: 0, all: 3 };
const still = () => Promise.resolve(NOTHING_DONE);
const signOut = () => Promise.resolve();

const ida: PersonRow = {
  id: 'ida', name: 'Ida Plain', picture: null, role: 'reader', standing: 'normal', standingUntil: null, post: null, since: at,
  counts: { approved: 3, pending: 1, spam: 0, trash: 0 }, contact: null,
};
const owl: PersonRow = { ...ida, id: 'owl', name: 'Quiet Owl', standing: null, post: { title: 'Patience', slug: 'patience' } };
const page: PersonView = {
  ...ida, standingMark: 'normal', standingReason: '', warning: '', comments: { items: [], next: null }, acts: [], decisions: { items: [], next: null }, notes: [], standingRefusal: null, mayChangeRole: false, who: null, names: [],
};

const showList = (people: PersonRow[], more: Partial<Parameters<typeof PeopleScreen>[0]> = {}) =>
  render(<PeopleScreen view={{ people, next: null }} search={peopleSearchSchema.parse({})} invitations={null} counts={counts} site={site} person={{ userId: 'u', name: 'Olu', role: 'moderator' }} inviteAction={still} signOut={signOut} {...more} />);
const showPage = (view: Partial<PersonView> = {}, search: Record<string, string> = {}) =>
  render(<PersonScreen view={{ ...page, ...view }} search={historySchema.parse(search)} counts={counts} site={site} person={{ userId: 'u', name: 'Olu', role: 'moderator' }} actions={{ role: still, sessions: still, standing: still, warning: still, note: still }} signOut={signOut} />);

test('each person is a line with what is known, and every number a link to what it counts', () => {
  showList([ida, owl]);
  const line = screen.getByRole('article', { name: 'Ida Plain' });
  expect(within(line).getByRole('link', { name: '3 published' }).getAttribute('href')).toBe('/admin/people/ida?state=approved#comments');
  expect(within(line).getByRole('link', { name: '1 waiting' })).toBeTruthy();
  expect(line.textContent).toContain('since 25 November 2026');
  expect(screen.getByRole('article', { name: 'Quiet Owl' }).textContent).toContain('A name on this post only: Patience');
  expect(screen.getByRole('article', { name: 'Quiet Owl' }).textContent).not.toContain('normal');
  expect(screen.queryByRole('heading', { name: 'Invite somebody' })).toBeNull();
  expect(screen.getByRole('searchbox', { name: 'Name' })).toBeTruthy();
});

test('an owner searches addresses too, and sees them', () => {
  showList([{ ...ida, contact: { email: 'ida@example.net', isProven: true, ways: ['google', 'email'] } }], { invitations: [] });
  expect(screen.getByRole('searchbox', { name: 'Name or email' })).toBeTruthy();
  expect(screen.getByText('ida@example.net · signs in by Google, email')).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Invite somebody' })).toBeTruthy();
});

test('nobody found says what to do; a page further on leads back and on', () => {
  showList([], { search: peopleSearchSchema.parse({ q: 'zzz' }) });
  expect(screen.getByText(/Nobody is found/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show everybody' }).getAttribute('href')).toBe('/admin/people');
  cleanup();
  const before = '0193a5b6-0000-7000-8000-000000000000';
  showList([ida], { view: { people: [ida], next: 'ida' }, search: peopleSearchSchema.parse({ role: 'reader', before }) });
  expect(screen.getByRole('link', { name: 'Older people' }).getAttribute('href')).toBe('/admin/people?role=reader&before=ida');
  expect(screen.getByRole('link', { name: 'Newest people' }).getAttribute('href')).toBe('/admin/people?role=reader');
});

test('a name on one post says kindly why it has no standing, and offers none', () => {
  showPage({ ...owl, standingRefusal: 'This name stands on one post only.' });
  expect(screen.getByText('This name stands on one post only.')).toBeTruthy();
  expect(screen.queryByRole('combobox', { name: 'Standing' })).toBeNull();
  expect(screen.queryByText(/Used by/)).toBeNull();
});

test('on one’s own page there are no notes', () => {
  showPage({ notes: null, standingRefusal: 'Nobody sets their own standing.' });
  expect(screen.queryByRole('heading', { name: 'Private notes' })).toBeNull();
});

test('a history shows each comment with its state, its decisions and the way to its card', () => {
  showPage({
    comments: { items: [{ id: 'abcabcabcabc', status: 'spam', text: 'Buy this.', createdAt: at, post: { title: 'Patience', slug: 'patience' }, events: [{ id: 'e', decision: 'spam', toStatus: 'spam', actorName: 'Olu', createdAt: at }] }], next: 'abcabcabcabc' },
    acts: [{ id: 'a', what: 'standing', from: 'normal', to: 'suspended 2026-12-05T10:30:00.000Z', actorName: 'Marlene', reason: 'Please rest.', createdAt: at }, { id: 'b', what: 'invitation', from: 'reader', to: 'author', actorName: null, reason: '', createdAt: at }],
    decisions: { items: [{ id: 'd', decision: 'approve', createdAt: at, comment: { id: 'cbacbacbacba', name: '', isThere: false, post: { title: '', slug: 'x' } } }], next: null },
  });
  const [item] = within(screen.getByRole('list', { name: 'Comments, newest first' })).getAllByRole('listitem');
  expect(item?.textContent).toMatch(/spam on Patience.*Buy this\..*moved to Spam by Olu/);
  expect(screen.getByRole('link', { name: 'Open in the queue: the comment on Patience' }).getAttribute('href')).toBe('/admin/comments?queue=all&comment=abcabcabcabc');
  expect(screen.getByRole('link', { name: 'Older comments' }).getAttribute('href')).toBe('/admin/people/ida?before=abcabcabcabc#comments');
  const [standing, invitation] = within(screen.getByRole('list', { name: 'What was done about them' })).getAllByRole('listitem');
  expect(standing?.textContent).toBe('Standing: normal → suspended until 5 December 2026 at 10:30Please rest.by Marlene, 25 November 2026 at 12:00');
  expect(invitation?.textContent).toContain('Accepted an invitation: reader → author');
  expect(within(screen.getByRole('list', { name: 'Decisions made, newest first' })).getByText(/a comment that is deleted on/)).toBeTruthy();
});

const refusing = (state: Partial<ActState>) => vi.fn((_: ActState, form: FormData) => Promise.resolve({ ...NOTHING_DONE, ...state, entered: Object.fromEntries([...form.entries()].map(([name, value]) => [name, String(value)])) }));

test('a refused standing keeps what was chosen, with the sentence at its field', async () => {
  const user = userEvent.setup();
  const action = refusing({ fields: { until: 'Please choose a moment in the future.' } });
  render(<StandingForm person={{ id: 'ida', standing: 'normal', mark: 'normal', reason: '' }} until="" timeZone="UTC" action={action} />);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Standing' }), 'suspended');
  await user.click(screen.getByRole('button', { name: 'Set standing' }));
  expect((await screen.findByText('Please choose a moment in the future.')).id).toBe('until-error');
  const until = screen.getByLabelText('Until');
  expect([until.getAttribute('aria-invalid'), until.getAttribute('aria-describedby')]).toEqual(['true', 'until-hint until-error']);
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Standing' }).value).toBe('suspended');
  expect(Object.fromEntries(action.mock.calls[0]![1])).toEqual({ person: 'ida', seen: 'normal', standing: 'suspended', until: '', reason: '' });
});

test('an act is told and offers the way back, with the fields that lead there', async () => {
  const user = userEvent.setup();
  const action = vi.fn((_: ActState, form: FormData): Promise<ActState> => Promise.resolve({ ...NOTHING_DONE, done: `Now ${String(form.get('standing'))}.`, undo: { person: 'ida', standing: 'normal', until: '', seen: 'banned' } }));
  render(<StandingForm person={{ id: 'ida', standing: 'normal', mark: 'normal', reason: '' }} until="" timeZone="UTC" action={action} />);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Standing' }), 'banned');
  await user.click(screen.getByRole('button', { name: 'Set standing' }));
  expect((await screen.findByRole('status')).textContent).toContain('Now banned.');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(Object.fromEntries(action.mock.calls[1]![1])).toEqual({ person: 'ida', standing: 'normal', until: '', seen: 'banned' });
});

test('one’s own notes can be deleted, others’ not', () => {
  render(<NotesForm person="ida" site={site} action={still} notes={[{ id: 'a', text: 'Kind.', byName: 'Olu', isOwn: true, createdAt: at }, { id: 'b', text: 'Quick.', byName: null, isOwn: false, createdAt: at }]} />);
  const [own, other] = within(screen.getByRole('list', { name: 'Private notes' })).getAllByRole('listitem');
  expect(within(own!).getByRole('button', { name: 'Delete note' })).toBeTruthy();
  expect(within(other!).queryByRole('button')).toBeNull();
  expect(other?.textContent).toContain('Somebody who left');
});

test('the link of an invitation is copied by one press, and can be taken by hand', async () => {
  const user = userEvent.setup();
  const link = 'https://blog.example/sign-in/invitation?token=x';
  render(<InvitationsForm invitations={[]} site={site} action={() => Promise.resolve({ ...NOTHING_DONE, done: 'Invited.', link })} />);
  await user.type(screen.getByRole('textbox', { name: 'Email' }), 'nora@example.net');
  await user.click(screen.getByRole('button', { name: 'Invite' }));
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Link of the invitation' });
  expect([field.value, field.readOnly]).toEqual([link, true]);
  await user.click(screen.getByRole('button', { name: 'Copy link' }));
  expect(await navigator.clipboard.readText()).toBe(link);
  expect(await screen.findByText('Copied.')).toBeTruthy();
});

test('open invitations are listed, each with a button of its own to withdraw it', () => {
  render(<InvitationsForm site={site} action={still} invitations={[{ id: 'i', email: 'nora@example.net', role: 'author', createdAt: at, expires: new Date('2026-12-02T12:00:00Z') }]} />);
  expect(screen.getByRole('list', { name: 'Open invitations' }).textContent).toContain('nora@example.net as author, until 2 December 2026 at 12:00');
  expect(screen.getByRole('button', { name: 'Withdraw the invitation of nora@example.net' })).toBeTruthy();
});

test('an invitation has one button; one that opens no more has none, and says what to do', () => {
  render(<AcceptInvitationForm action={() => Promise.resolve(null)} offer={{ token: 'x', role: 'author' }} siteTitle="Patience" />);
  expect(screen.getByText(/You are invited to Patience as an author\./)).toBeTruthy();
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Accept the invitation']);
  cleanup();
  render(<AcceptInvitationForm action={() => Promise.resolve(null)} offer={null} siteTitle="Patience" />);
  expect(screen.getByRole('alert').textContent).toContain('Ask whoever invited you');
  expect(screen.queryByRole('button')).toBeNull();
});
