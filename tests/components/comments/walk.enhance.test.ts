import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { walk } from '@/components/comments/walk.enhance';

const comment = (id: string, replies = '') => `<li><article id="comment-${id}" tabindex="-1">${id} <a href="#r-${id}" data-reply>Reply to ${id}</a></article>${replies}</li>`;

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = `
    <button>before</button>
    <section class="discussion"><details data-walk-keys hidden><summary>Keys</summary></details>
      <ol class="thread-list">
        ${comment('a', `<details class="thread" open><summary>2 replies</summary><ol class="replies">${comment('b', `<ol class="replies">${comment('c')}</ol>`)}</ol></details>`)}
        ${comment('d')}
      </ol>
      <section data-comment-box><textarea></textarea><button>Post</button></section>
    </section>`;
  walk(document.querySelector<HTMLElement>('.discussion')!);
});

afterEach(() => history.replaceState(null, '', '/'));

const at = () => document.activeElement?.closest('article')?.id ?? document.activeElement?.tagName;
const go = (id: string) => document.getElementById(`comment-${id}`)!.focus();

test('j and k go from comment to comment, into replies and out of them, and stop at the ends', async () => {
  const user = userEvent.setup();
  go('a');
  const seen: (string | undefined)[] = [];
  for (const key of 'jjjjkkkk') {
    await user.keyboard(key);
    seen.push(at());
  }
  expect(seen).toEqual(['comment-b', 'comment-c', 'comment-d', 'comment-d', 'comment-c', 'comment-b', 'comment-a', 'comment-a']);
});

test('u goes to the comment that is answered', async () => {
  const user = userEvent.setup();
  go('c');
  await user.keyboard('u');
  expect(at()).toBe('comment-b');
  await user.keyboard('u');
  expect(at()).toBe('comment-a');
  await user.keyboard('u');
  expect(at()).toBe('comment-a');
});

test('f folds the thread away, with the focus at its beginning, and what is folded is passed over', async () => {
  const user = userEvent.setup();
  go('c');
  await user.keyboard('f');
  expect(document.querySelector<HTMLDetailsElement>('.thread')!.open).toBe(false);
  expect(at()).toBe('comment-a');
  await user.keyboard('j');
  expect(at()).toBe('comment-d');
  await user.keyboard('kf');
  expect(document.querySelector<HTMLDetailsElement>('.thread')!.open).toBe(true);
});

test('from a link of a comment the way goes on from there; r replies', async () => {
  const user = userEvent.setup();
  const replied = vi.fn((event: Event) => event.preventDefault());
  document.querySelector('.discussion')!.addEventListener('click', replied);
  screen.getByText('Reply to a').focus();
  await user.keyboard('j');
  expect(at()).toBe('comment-b');
  await user.keyboard('r');
  expect((replied.mock.calls[0]![0].target as HTMLElement).textContent).toBe('Reply to b');
});

test('whoever writes is left alone, and so is the rest of the page', async () => {
  const user = userEvent.setup();
  for (const place of [screen.getByRole('textbox'), screen.getByText('Post'), screen.getByText('before')]) {
    place.focus();
    await user.keyboard('jkf');
    expect(document.activeElement).toBe(place);
  }
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('jkf');
  go('a');
  await user.keyboard('{Control>}j{/Control}{Alt>}j{/Alt}');
  expect(at()).toBe('comment-a');
});

test('the list of keys is shown where they work', () => {
  expect(document.querySelector<HTMLElement>('[data-walk-keys]')!.hidden).toBe(false);
});

test('a link to a comment of a folded thread opens it', () => {
  document.querySelector<HTMLDetailsElement>('.thread')!.open = false;
  history.replaceState(null, '', '/#comment-c');
  dispatchEvent(new Event('hashchange'));
  expect(document.querySelector<HTMLDetailsElement>('.thread')!.open).toBe(true);
});
