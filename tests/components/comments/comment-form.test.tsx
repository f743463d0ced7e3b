import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { CommentForm } from '@/components/comments/comment-form';
import { A_GUEST, NOTHING_ENTERED, type BoxIdentity, type BoxState } from '@/lib/comments/schema';
import type { Provider } from '@/lib/identity/schema';

const fresh: BoxState = { message: null, fields: {}, entered: NOTHING_ENTERED, parent: null };
const post = { slug: 'a-post', href: '/posts/a-post', commentsOpen: true };

const marlene: BoxIdentity = { kind: 'person', name: 'Marlene', isNamed: true, way: 'email', picture: null, pseudonym: null, mayTakePseudonym: true };

function show(state: Partial<BoxState> = {}, identity: BoxIdentity = A_GUEST, commentsOpen = true, offered: Provider[] = []) {
  render(<CommentForm action={async (previous) => previous} initial={{ ...fresh, ...state }} post={{ ...post, commentsOpen }} identity={identity} offered={offered} />);
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

test('a signed-in person is named and asked for nothing, and can log out', () => {
  show({}, marlene);
  expect(screen.getByText('You are commenting using your email account.')).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Name (required)' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Log Out' })).toBeTruthy();
});

test('a closed post says so, and shows a text that was under way to be copied', () => {
  show({ message: 'Comments are closed. Copy your text if you want to keep it.', entered: { ...NOTHING_ENTERED, comment: 'My long text' } }, A_GUEST, false);
  expect(screen.getByText('Comments are closed.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Post Comment' })).toBeNull();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your text' }).value).toBe('My long text');
});
