import { render, screen, within } from '@testing-library/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { CommentForm } from '@/components/comments/comment-form';
import { TakenOut, WordBefore } from '@/components/comments/word-before';
import { DetailsNote } from '@/components/posts/details-note';
import { A_GUEST, NOTHING_ENTERED, type BoxState } from '@/lib/comments/box';

const post = { slug: 'a-post', href: '/posts/a-post', commentsOpen: true, closing: { at: null, afterDays: null }, care: 'open' as const, helpline: null };
const fresh: BoxState = { message: null, fields: {}, entered: NOTHING_ENTERED, parent: null };

function show(state: Partial<BoxState>) {
  render(<CommentForm action={async (previous) => previous} initial={{ ...fresh, ...state }} post={post} token="t" identity={A_GUEST} offered={[]} site={{ language: 'en', timeZone: 'UTC' }} conduct={null} />);
}

const word = () => screen.getByRole('group', { name: 'A word before you post' });

test('the word says what the comment shows, with both buttons, and the text stays', () => {
  show({ details: [{ kind: 'phone', shown: '0171 2345678' }], entered: { ...NOTHING_ENTERED, comment: 'Call 0171 2345678', told: 'abcdefabcdef' } });
  expect(word().textContent).toContain('Everyone can read this. Your comment shows a phone number: 0171 2345678.');
  const buttons = within(word()).getAllByRole<HTMLButtonElement>('button');
  expect(buttons.map(({ textContent, name, value }) => [textContent, name, value])).toEqual([['Take it out', 'intent', 'take-out'], ['Post it as it is', 'intent', 'post']]);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment (required)' }).value).toBe('Call 0171 2345678');
  expect(document.querySelector<HTMLInputElement>('input[name="told"]')?.value).toBe('abcdefabcdef');
});

test('several are listed, each by its kind', () => {
  show({ details: [{ kind: 'child', shown: 'Jonas Weber' }, { kind: 'address', shown: '12 Oak Street' }, { kind: 'email', shown: 'jane@example.com' }] });
  expect(within(word()).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'a child’s full name with a school: Jonas Weber', 'a postal address: 12 Oak Street', 'an e-mail address: jane@example.com',
  ]);
});

test('the word has the focus without script too, and Enter in a field presses no button of it', () => {
  expect(renderToStaticMarkup(<WordBefore details={[{ kind: 'phone', shown: '0171' }]} />)).toMatch(/^<div[^>]*tabindex="-1"[^>]*autofocus=""/);
  show({ details: [{ kind: 'phone', shown: '0171 2345678' }] });
  const [first] = document.querySelectorAll<HTMLButtonElement>('form button');
  expect([first?.name, first?.hidden]).toEqual(['', true]);
});

test('after it was taken out the box says so politely, and that nothing is posted yet', () => {
  render(<TakenOut />);
  expect(screen.getByRole('status').textContent).toBe('It is taken out. Please read your text once more, then post it.');
});

test('a box without a word says nothing of it', () => {
  show({});
  expect(screen.queryByRole('group', { name: 'A word before you post' })).toBeNull();
  expect(document.querySelector('input[name="told"]')).toBeNull();
});

test('whoever publishes a post reads quietly what its text shows, and where', () => {
  const details = [{ kind: 'email' as const, shown: 'anna@example.com', before: '…write to ', after: ' if you like.' }];
  render(<DetailsNote details={details} isPublished={false} />);
  expect(screen.getByRole('region', { name: 'A word about the text' }).textContent).toContain('Before you publish: this text shows');
  expect(screen.getByRole('listitem').textContent).toBe('an e-mail address: …write to anna@example.com if you like.');
});

test('a post that shows nothing has no note', () => {
  const { container } = render(<DetailsNote details={[]} isPublished />);
  expect(container.textContent).toBe('');
});
