import { cleanup, render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { CommentForm } from '@/components/comments/comment-form';
import { A_GUEST, NOTHING_ENTERED, type BoxIdentity, type BoxState } from '@/lib/comments/box';
import type { Provider } from '@/lib/identity/schema';
import type { Closing } from '@/lib/posts/rules';
import type { Care } from '@/lib/posts/schema';
import { storedHtml, type SafeHtml } from '@/lib/text/safe-html';

const fresh: BoxState = { message: null, fields: {}, entered: NOTHING_ENTERED, parent: null };
const post = { slug: 'a-post', href: '/posts/a-post', commentsOpen: true, closing: { at: null, afterDays: null }, care: 'open' as Care, helpline: null as SafeHtml | null };
type Post = Omit<typeof post, 'closing'> & { closing: Closing };

const marlene: BoxIdentity = { kind: 'person', name: 'Marlene', isNamed: true, way: 'email', picture: null, pseudonym: null, mayTakePseudonym: true, hasAddress: true, notice: null };

function show(state: Partial<BoxState> = {}, identity: BoxIdentity = A_GUEST, commentsOpen = true, offered: Provider[] = [], given: Partial<Post> = {}) {
  render(<CommentForm action={async (previous) => previous} initial={{ ...fresh, ...state }} post={{ ...post, commentsOpen, ...given }} token="a-token" identity={identity} offered={offered} site={{ language: 'en', timeZone: 'UTC' }} conduct={null} />);
}

test('a guest finds every field by its name, and that the address stays private', () => {
  show();
  expect(screen.getByRole('heading', { name: 'Leave a Reply' })).toBeTruthy();
  expect(screen.getByRole('group', { name: 'Fill in your details below' })).toBeTruthy();
  for (const name of ['Comment (required)', 'Email (required)', 'Name (required)', 'Website (optional)']) expect(screen.getByRole('textbox', { name })).toBeTruthy();
  const email = screen.getByRole('textbox', { name: 'Email (required)' });
  expect(document.getElementById(email.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Address never made public');
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Save my name, email and website in this browser' }).checked).toBe(false);
  expect(screen.getByRole('button', { name: 'Post Comment' })).toBeTruthy();
});

test('a refusal is an alert, ties its sentences to their fields and keeps what was typed', () => {
  const entered = { ...NOTHING_ENTERED, comment: 'Kept <b>text</b>', name: 'Ines', email: 'nonsense', website: '', save: true };
  show({ message: 'Please enter an e-mail address.', fields: { email: 'Please enter an e-mail address.' }, entered });
  expect(screen.getByRole('alert').textContent).toBe('Please enter an e-mail address.');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment (required)' }).value).toBe('Kept <b>text</b>');
  const email = screen.getByRole<HTMLInputElement>('textbox', { name: 'Email (required)' });
  expect(email.value).toBe('nonsense');
  expect(email.getAttribute('aria-invalid')).toBe('true');
  expect(email.getAttribute('aria-describedby')).toBe('box-email-hint box-email-error');
});

test('a reply says whom it answers and can be cancelled', () => {
  show({ parent: { id: '0123456789ab', name: 'Ruth' } });
  expect(screen.getByRole('heading', { name: 'Reply to Ruth' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Cancel reply' }).getAttribute('href')).toBe('/posts/a-post');
});

test.each([
  ['google', 'Google'], ['twitter', 'Twitter'], ['facebook', 'Facebook'], ['email', 'email'],
] as const)('a person signed in by %s is named and asked for nothing, and can log out or change', (way, words) => {
  show({}, { ...marlene, way });
  expect(screen.getByText(`You are commenting using your ${words} account.`)).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Name (required)' })).toBeNull();
  for (const name of ['Log Out', 'Change', 'Post Comment']) expect(screen.getByRole('button', { name })).toBeTruthy();
});

test('a guest may choose among the providers that are offered, or a link', () => {
  show({}, A_GUEST, true, ['google', 'twitter', 'facebook']);
  const group = screen.getByRole('group', { name: 'Fill in your details below or click an icon to log in' });
  expect(within(group).getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Google', 'Twitter (X)', 'Facebook', 'Email me a sign-in link']);
});

test('Enter in a field posts the comment: the form’s first button has no intent', () => {
  show({}, A_GUEST, true, ['google']);
  const [first] = document.querySelectorAll<HTMLButtonElement>('form button');
  expect([first?.name, first?.hidden]).toEqual(['', true]);
});

test('after a link was sent its code is asked for, and what was typed is there', () => {
  show({ identity: { kind: 'guest', sentTo: 'ines@example.com', insteadOf: null }, entered: { ...NOTHING_ENTERED, comment: 'My text', email: 'ines@example.com' } });
  expect(screen.getByRole('status').textContent).toContain('ines@example.com');
  const code = screen.getByRole('textbox', { name: 'Code from the mail' });
  expect(code.getAttribute('autocomplete')).toBe('one-time-code');
  expect(screen.getByRole('button', { name: 'Sign in with this code' })).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment (required)' }).value).toBe('My text');
});

test('somebody signed in who looks for another way is told so, may stay, and writes as a guest meanwhile', () => {
  show({ identity: { kind: 'guest', sentTo: null, insteadOf: 'Marlene' } });
  expect(screen.getByText('You are still signed in as Marlene.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Keep writing as Marlene' })).toBeTruthy();
  expect(document.querySelector<HTMLInputElement>('input[name="as"]')?.value).toBe('guest');
});

test('somebody new by e-mail is asked for a name, with one proposed', () => {
  show({}, { ...marlene, name: 'Ines Maria', isNamed: false });
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name (required)' }).value).toBe('Ines Maria');
});

test('a name on this post only is offered with who sees what, and once taken it is said', () => {
  const sentence = /Readers and moderators see only this name\. The blog's owner can see who you are\./;
  show({}, marlene);
  expect(screen.getByRole('checkbox', { name: 'Use a name on this post only' })).toBeTruthy();
  expect(screen.getByText(sentence)).toBeTruthy();
  cleanup();
  show({}, { ...marlene, pseudonym: 'Night owl', mayTakePseudonym: false });
  expect(screen.getByText(sentence).textContent).toContain('On this post you write as Night owl.');
  expect(screen.queryByText('Marlene')).toBeNull();
  expect(screen.queryByRole('checkbox', { name: 'Use a name on this post only' })).toBeNull();
});

test('a closed post says so, and shows a text that was under way to be copied', () => {
  show({ message: 'Comments are closed. Copy your text if you want to keep it.', entered: { ...NOTHING_ENTERED, comment: 'My long text' } }, A_GUEST, false);
  expect(screen.getByText('Comments are closed.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Post Comment' })).toBeNull();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your text' }).value).toBe('My long text');
});

test('a warned person reads it above the text, and says so by a button of the same form', () => {
  show({ entered: { ...NOTHING_ENTERED, comment: 'My words' } }, { ...marlene, notice: { kind: 'warning', words: 'Please keep\nto the post.' } });
  expect(screen.getByText('Somebody who runs this blog has written to you:')).toBeTruthy();
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'I have read this' });
  expect([button.name, button.value]).toEqual(['intent', 'read']);
  const sent = new FormData(button.form!);
  expect([sent.get('comment'), sent.get('warning')]).toEqual(['My words', 'Please keep\nto the post.']);
});

test('whoever is shut out reads why and until when in place of the box, and has a text that was under way to copy', () => {
  const until = new Date('2026-12-05T10:30:00Z');
  show({}, { ...marlene, notice: { kind: 'suspended', reason: 'Please rest.', until } });
  expect(screen.getByText(/You cannot comment here until/).textContent).toBe('You cannot comment here until 5 December 2026 at 10:30.');
  expect(screen.getByText('Please rest.')).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
  cleanup();
  show({ message: 'You cannot comment here at present.', entered: { ...NOTHING_ENTERED, comment: 'Kept' } }, { ...marlene, notice: { kind: 'banned', reason: '', until: null } });
  expect(screen.getByText('You cannot comment here any more.')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toBe('You cannot comment here at present.');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your text' }).value).toBe('Kept');
});

test('a box that begins with a declined comment says so, and sends which', () => {
  show({ reword: '0123456789ab', entered: { ...NOTHING_ENTERED, comment: 'As it was' } });
  expect(screen.getByText(/This is what you wrote/)).toBeTruthy();
  expect(new FormData(screen.getByRole<HTMLButtonElement>('button', { name: 'Post Comment' }).form!).get('reword')).toBe('0123456789ab');
});

const DECEMBER = new Date('2026-12-04T00:00:00Z');

test.each<[string, Closing, string[]]>([
  ['by hand', { at: null, afterDays: null }, []],
  ['on a date', { at: DECEMBER, afterDays: null }, ['Comments closed on 3 December 2026.']],
  ['by the blog’s rule', { at: DECEMBER, afterDays: 30 }, ['Comments close 30 days after a post comes out.']],
  ['by a rule of one day', { at: DECEMBER, afterDays: 1 }, ['Comments close 1 day after a post comes out.']],
])('comments that were closed %s say so in place of the box, and why', (_how, closing, why) => {
  show({}, A_GUEST, false, [], { closing });
  expect(screen.getByText('Comments are closed.')).toBeTruthy();
  expect([...document.querySelectorAll('.closing-note')].map((note) => note.textContent)).toEqual(why);
  expect(screen.queryByRole('button')).toBeNull();
});

test('comments that will close say when; those that stay open say nothing', () => {
  show({}, A_GUEST, true, [], { closing: { at: DECEMBER, afterDays: 30 } });
  expect(document.querySelector('.closing-note')?.textContent).toBe('Comments close on 3 December 2026.');
  cleanup();
  show();
  expect(document.querySelector('.closing-note')).toBeNull();
});

test('a text that was under way when comments closed is there to be copied', () => {
  show({ message: 'Comments are closed. Copy your text if you want to keep it.', entered: { ...NOTHING_ENTERED, comment: 'My text' } }, A_GUEST, false);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your text' }).value).toBe('My text');
});

test.each<[Care, BoxIdentity, boolean, boolean]>([
  ['open', A_GUEST, true, false], ['open', marlene, false, false], ['careful', A_GUEST, false, true], ['careful', marlene, false, true], ['sensitive', A_GUEST, false, true], ['sensitive', marlene, false, true],
])('the box of a post that is %s says who reads what is written', (care, identity, first, every) => {
  show({}, identity, true, [], { care });
  const note = document.querySelector('.box-note')?.textContent ?? '';
  expect([note.includes('First comments are read by a person before they appear.'), note.includes('A person reads every comment here before it appears.')]).toEqual([first, every]);
});

test.each([true, false])('where to find help stands in front of the box (open: %s)', (commentsOpen) => {
  show({}, A_GUEST, commentsOpen, [], { helpline: storedHtml('<p>Call <a href="tel:116123">116 123</a>.</p>') });
  const note = screen.getByRole('note');
  expect(within(note).getByRole('link', { name: '116 123' }).getAttribute('href')).toBe('tel:116123');
  expect(document.querySelector('[data-comment-box]')?.firstElementChild).toBe(note);
});

test('the form carries its token, and keeps the one it was sent with', () => {
  show();
  expect(document.querySelector<HTMLInputElement>('input[name="form"]')?.value).toBe('a-token');
  cleanup();
  show({ token: 'its first token' });
  expect(document.querySelector<HTMLInputElement>('input[name="form"]')?.value).toBe('its first token');
});

test('the field for machines is met neither by a screen reader, nor by the tab key, nor by a browser that fills in forms', () => {
  show();
  const trap = document.querySelector<HTMLInputElement>('input[name="subject"]')!;
  expect(trap.closest('[aria-hidden="true"]')).not.toBeNull();
  expect([trap.tabIndex, trap.autocomplete, trap.value]).toEqual([-1, 'off', '']);
  expect(screen.getAllByRole('textbox').includes(trap)).toBe(false);
});
