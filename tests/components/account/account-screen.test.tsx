import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { AccountScreen } from '@/components/account/account-screen';
import { DeletionForm } from '@/components/account/deletion-form';
import { OwnCommentList } from '@/components/account/own-comment-list';
import type { AccountView, OwnComment, SessionView } from '@/lib/account/queries';
import type { AccountState, Profile, ProfileState } from '@/lib/account/schema';

const site = { language: 'en', timeZone: 'UTC' };
const at = new Date('2026-11-25T12:00:00Z');

const account = (given: Partial<AccountView> = {}): AccountView => ({
  profile: { name: 'Ines', website: '', showPicture: true }, picture: null, deletion: null, notices: null,
  logins: [{ provider: 'google', account: 'g', statedEmail: 'ines@gmail.example', since: at }, { provider: 'twitter', account: 't', statedEmail: null, since: at }],
  email: null, ...given,
});
const session = (id: string, given: Partial<SessionView> = {}): SessionView => ({ id, isHere: false, browser: 'Firefox', system: 'Windows', way: 'google', since: at, lastUsed: at, ...given });
const comment = (id: string, given: Partial<OwnComment> = {}): OwnComment => ({ id, state: 'published', createdAt: at, excerpt: 'Words', pseudonym: null, post: { title: 'Patience', path: '/posts/patience' }, path: `/comments/${id}`, declined: null, ...given });

const done = (words: string) => async (): Promise<AccountState> => ({ done: words, message: null });
const nothing = async () => undefined;

function Screen({ view = account(), sessions = [session('here', { isHere: true })], ...given }: Partial<Parameters<typeof AccountScreen>[0]> & { view?: AccountView }) {
  return (
    <AccountScreen
      account={view} sessions={sessions} latest={{ comments: [], next: null }} site={site} notice={null} standing={null} offered={[]} link={null} mayChangeLogins
      changeProfile={async (state) => state} unlink={done('Unlinked.')} endSession={done('Ended.')} signOutEverywhere={nothing} writer={null} keep={done('Kept.')} setNotices={done('Saved.')} readWarning={done('Thank you.')} {...given}
    />
  );
}

/** The screen as the blog has it: what is unlinked is gone when the answer comes. */
function WithUnlink() {
  const [view, setView] = useState(account());
  const unlink = async (_: AccountState, form: FormData): Promise<AccountState> => {
    setView((before) => ({ ...before, logins: before.logins.filter(({ provider }) => provider !== form.get('provider')) }));
    return { done: 'Google is not linked any more.', message: null };
  };
  return <Screen view={view} unlink={unlink} />;
}

const part = (name: string) => within(screen.getByRole('region', { name }));

test('a login that is unlinked is said so, where focus then is; the last one has no button', async () => {
  render(<WithUnlink />);
  await userEvent.click(part('How you sign in').getByRole('button', { name: 'Unlink Google, ines@gmail.example' }));
  const words = await screen.findByText('Google is not linked any more.');
  expect(words.getAttribute('role')).toBe('status');
  await waitFor(() => expect(document.activeElement).toBe(words));
  expect(part('How you sign in').queryByRole('button')).toBeNull();
  expect(screen.getByText(/your only way to sign in/)).toBeTruthy();
});

test('whoever signed in a while ago is asked to do so once more, in place of what changes how they sign in', () => {
  const { rerender } = render(<Screen mayChangeLogins={false} offered={['google', 'facebook']} link={nothing} />);
  expect(part('How you sign in').queryByRole('button')).toBeNull();
  expect(part('How you sign in').getByRole('link', { name: 'sign in once more' }).getAttribute('href')).toBe('/sign-in?again=1&to=%2Faccount');
  rerender(<Screen mayChangeLogins={false} view={account({ logins: [account().logins[0]!] })} />);
  expect(part('How you sign in').queryByRole('link')).toBeNull();
});

test('a proven address is a way in: beside it the only login can go', () => {
  render(<Screen view={account({ logins: [account().logins[0]!], email: { address: 'ines@example.com', since: at } })} />);
  expect(part('How you sign in').getByRole('button', { name: /^Unlink Google/ })).toBeTruthy();
  expect(part('How you sign in').getByText('ines@example.com')).toBeTruthy();
});

test('what is set up and not linked yet is offered by its name, and sent as the intent', async () => {
  const asked = vi.fn();
  render(<Screen offered={['google', 'twitter', 'facebook']} link={async (form) => asked(form.get('intent'))} />);
  expect(part('How you sign in').getAllByRole('button', { name: /^Link/ }).map((button) => button.textContent)).toEqual(['Link Facebook']);
  await userEvent.click(screen.getByRole('button', { name: 'Link Facebook' }));
  await waitFor(() => expect(asked).toHaveBeenCalledWith('facebook'));
});

test('without a way in a sentence stands where the list is', () => {
  render(<Screen view={account({ logins: [] })} />);
  expect(part('How you sign in').getByText('There is no way to sign in again yet.')).toBeTruthy();
});

test('every session but this one can be ended, each by its own name', async () => {
  const ended = vi.fn();
  const endSession = async (_: AccountState, form: FormData): Promise<AccountState> => {
    ended(form.get('session'));
    return { done: null, message: 'This session has ended already.' };
  };
  render(<Screen sessions={[session('here', { isHere: true }), session('phone', { browser: 'Safari', system: 'iOS', way: 'email' }), session('odd', { browser: 'A browser', system: null })]} endSession={endSession} />);
  const sessions = part('Where you are signed in');
  expect(sessions.getAllByRole('button').map((button) => button.textContent)).toEqual(['End the session of Safari on iOS', 'End the session of A browser', 'Sign out everywhere']);
  expect(sessions.getByText(/by email link/)).toBeTruthy();
  await userEvent.click(sessions.getByRole('button', { name: 'End the session of Safari on iOS' }));
  expect((await sessions.findByRole('alert')).textContent).toBe('This session has ended already.');
  expect(ended).toHaveBeenCalledExactlyOnceWith('phone');
});

test('a refused profile keeps what was typed, box and all, with the sentence at its field', async () => {
  const refuse = async (_: ProfileState, form: FormData): Promise<ProfileState> => {
    const entered: Profile = { name: String(form.get('name')), website: String(form.get('website')), showPicture: form.get('picture') === 'on' };
    return { done: null, message: 'Someone has this name.', fields: { name: 'Someone has this name.' }, entered };
  };
  render(<Screen changeProfile={refuse} />);
  const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name (required)' });
  await userEvent.clear(name);
  await userEvent.type(name, 'مريم العلي');
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('alert');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name (required)' }).value).toBe('مريم العلي');
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false);
  const described = screen.getByRole('textbox', { name: 'Name (required)' }).getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual([expect.stringContaining('except under a name used on one post only'), 'Someone has this name.']);
});

test('an account that is to be deleted says when, what becomes of the comments, and has the way back instead of the way out', () => {
  render(<Screen view={account({ deletion: { at, comments: 'remove', refusal: null } })} />);
  const banner = part('Your account will be deleted');
  expect(banner.getByText(/25 November 2026/).textContent).toContain('12:00');
  expect(banner.getByText(/What you wrote is removed with it/)).toBeTruthy();
  expect(banner.getByRole('button', { name: 'Keep my account' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Delete my account' })).toBeNull();
});

test('a deletion that cannot happen says why, and can be taken back', () => {
  render(<Screen view={account({ deletion: { at, comments: 'remove', refusal: 'You are the only owner of this blog. Make somebody else owner first.' } })} />);
  expect(part('Your account will be deleted').getByText(/only owner/)).toBeTruthy();
  expect(part('Your account will be deleted').getByRole('button', { name: 'Keep my account' })).toBeTruthy();
});

test('nothing is chosen beforehand of what becomes of the comments, and the choice is sent', async () => {
  const asked = vi.fn();
  render(<DeletionForm action={async (state, form) => { asked(form.get('comments')); return state; }} />);
  const choices = within(screen.getByRole('group', { name: 'What becomes of what you wrote?' })).getAllByRole<HTMLInputElement>('radio');
  expect(choices.map(({ checked, required }) => [checked, required])).toEqual([[false, true], [false, true]]);
  await userEvent.click(screen.getByRole('radio', { name: /^Remove what I wrote/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete my account' }));
  await waitFor(() => expect(asked).toHaveBeenCalledExactlyOnceWith('remove'));
});

test('each comment says its state, the name used there, and leads to where it stands, if anywhere', () => {
  render(<OwnCommentList site={site} comments={[comment('a'), comment('b', { state: 'waiting', pseudonym: 'Heron' }), comment('c', { state: 'not published', path: null, post: { title: 'Gone', path: null } })]} />);
  const [published, waiting, hidden] = screen.getAllByRole('article').map((article) => within(article));
  expect(published!.getByRole('link', { name: 'On “Patience”' }).getAttribute('href')).toBe('/comments/a');
  expect(published!.getByText('Published')).toBeTruthy();
  expect(waiting!.getByText('Waiting to be read').parentElement?.textContent).toContain('as Heron, a name used on this post only');
  expect(hidden!.getByText('Not published')).toBeTruthy();
  expect(hidden!.queryByRole('link', { name: /^On “/ })).toBeNull();
});

test('whoever has written nothing reads so', () => {
  render(<OwnCommentList site={site} comments={[]} />);
  expect(screen.getByText('You have not written a comment while signed in.')).toBeTruthy();
});

test('whoever has a desk can switch off the mails about comments that wait; a reader has no such switch', async () => {
  const sent = vi.fn(async (_: AccountState, form: FormData): Promise<AccountState> => ({ done: `Saved: ${String(form.get('notices'))}`, message: null }));
  const { unmount } = render(<Screen view={account({ notices: { held: true, fresh: false, reports: false, rhythm: 'instant' } })} setNotices={sent} />);
  await userEvent.click(part('Mails to you').getByRole('checkbox', { name: 'Mail me about comments that wait', checked: true }));
  await userEvent.click(part('Mails to you').getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved: null')).toBeTruthy();
  unmount();
  render(<Screen />);
  expect(screen.queryByRole('region', { name: 'Mails to you' })).toBeNull();
});
