import { screen, waitFor, within } from '@testing-library/dom';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { discussion } from '@/components/comments/comment-form.enhance';
import { DeskRegion } from '@/components/comments/desk-region';
import type { OnPage } from '@/lib/moderation/schema';

const action = async () => ({ message: null, comment: null });

/** What the reply page answers whoever moderates the post. */
const desk = (comment: OnPage | null, more: { waiting?: number; isUndone?: boolean } = {}) =>
  renderToStaticMarkup(<DeskRegion action={action} post="p" waiting={more.waiting ?? 0} comment={comment} isUndone={more.isUndone ?? false} />);

const article = (id: string, name: string, more = '') => `<li${more}><article class="comment" id="comment-${id}" tabindex="-1"><span class="comment-name">${name}</span></article></li>`;
const page = `
  <div data-discussion data-post="p">
    <section class="discussion"><h2>2 thoughts</h2><ol class="thread-list">
      ${article('aaaaaaaaaaaa', 'Ines')}
      ${article('bbbbbbbbbbbb', 'Jonas').replace('tabindex', 'data-revision="4" tabindex')}
      <li><div class="comment comment--anchor" id="comment-cccccccccccc"></div></li>
    </ol></section>
    <section data-comment-box><form><textarea name="comment"></textarea><button>Post Comment</button></form></section>
  </div>`;

function answerWith(html: string, url: string, status = 200) {
  const asked = vi.fn(async (_url: string, _init?: RequestInit) => Object.defineProperty(new Response(html, { status }), 'url', { value: new URL(url, location.href).href }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

async function begin(own: string): Promise<void> {
  document.body.innerHTML = page;
  const asked = answerWith(own, '/posts/p/reply');
  discussion(document.querySelector<HTMLElement>('[data-discussion]')!, () => undefined);
  await waitFor(() => expect(asked).toHaveBeenCalled());
}

const toolsOf = async (name: string) => within(await screen.findByRole('group', { name: `Moderate the comment by ${name}`, hidden: true }));
const press = async (name: string, button: string) => (await toolsOf(name)).getByRole('button', { name: button, hidden: true }).click();
const articleOf = (id: string) => document.getElementById(`comment-${id}`)!;

beforeEach(() => {
  history.replaceState(null, '', '/posts/p');
  document.cookie = 'here=1; path=/';
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = 'here=; max-age=0; path=/';
});

test('a reader finds no tools, whatever the page of the box says besides', async () => {
  await begin(`<ol>${article('dddddddddddd', 'Me', ' data-waiting="dddddddddddd"')}</ol><section data-comment-box></section>`);
  await waitFor(() => expect(document.querySelector('[data-waiting]')).not.toBeNull());
  expect(document.querySelectorAll('details, [data-moderate], [data-desk-placed]')).toHaveLength(0);
});

test('whoever moderates finds them beside every published comment, each for its own text, and what waits at the desk', async () => {
  await begin(`${desk(null, { waiting: 2 })}<ol>${article('dddddddddddd', 'Me', ' data-waiting="dddddddddddd"')}</ol>`);
  expect((await screen.findByRole('link', { name: '2 wait at the desk' })).getAttribute('href')).toBe('/admin/comments?queue=pending&post=p');
  const sent = [...document.querySelectorAll<HTMLFormElement>('details form')].map((form) => Object.fromEntries(new FormData(form)));
  expect(sent).toEqual([
    { post: 'p', comment: 'aaaaaaaaaaaa', revision: '1', seenStatus: 'approved' },
    { post: 'p', comment: 'bbbbbbbbbbbb', revision: '4', seenStatus: 'approved' },
  ]);
  const ines = await toolsOf('Ines');
  expect(ines.getAllByRole('button', { hidden: true }).map(({ textContent }) => textContent)).toEqual(['Unapprove', 'Spam', 'Trash']);
  expect(ines.getByRole('link', { hidden: true }).getAttribute('href')).toContain('/admin/comments?queue=all&comment=aaaaaaaaaaaa');
});

test('an act is sent to the page of the box, marks the comment, says so and offers its undo, which goes to where that came from', async () => {
  await begin(desk(null));
  await toolsOf('Jonas');
  const done = answerWith(desk({ id: 'bbbbbbbbbbbb', name: 'Jonas', revision: 4, status: 'spam', undo: '01890000-0000-7000-8000-000000000000' }), '/posts/p/reply/bbbbbbbbbbbb');
  await press('Jonas', 'Spam');
  const status = await screen.findByText('Moved to Spam. Readers do not see it.');
  expect(status.getAttribute('role')).toBe('status');
  const [address, init] = done.mock.calls[0]!;
  expect([address, Object.fromEntries(init?.body as FormData)]).toEqual(['/posts/p/reply', { post: 'p', comment: 'bbbbbbbbbbbb', revision: '4', seenStatus: 'approved', decision: 'spam' }]);
  expect(articleOf('bbbbbbbbbbbb').classList.contains('comment--moved')).toBe(true);
  expect(articleOf('aaaaaaaaaaaa').classList.contains('comment--moved')).toBe(false);
  expect(document.activeElement?.textContent).toBe('Undo');

  const undone = answerWith(desk({ id: 'bbbbbbbbbbbb', name: 'Jonas', revision: 4, status: 'approved', undo: null }, { isUndone: true }), '/posts/p/reply/bbbbbbbbbbbb?undone=1');
  await press('Jonas', 'Undo');
  await screen.findByText('Taken back. Readers see it again.');
  expect([undone.mock.calls[0]![0], (undone.mock.calls[0]![1]?.body as FormData).get('undo')]).toEqual(['/posts/p/reply/bbbbbbbbbbbb', '01890000-0000-7000-8000-000000000000']);
  expect(articleOf('bbbbbbbbbbbb').classList.contains('comment--moved')).toBe(false);
  expect(document.activeElement?.textContent).toBe('Unapprove');
});

test('the comment box is not sent with it', async () => {
  await begin(desk(null));
  await toolsOf('Ines');
  const asked = answerWith(desk({ id: 'aaaaaaaaaaaa', name: 'Ines', revision: 1, status: 'trash', undo: null }), '/posts/p/reply/aaaaaaaaaaaa');
  await press('Ines', 'Trash');
  await screen.findByText('This is in Trash. Readers do not see it.');
  expect(asked).toHaveBeenCalledOnce();
});

test('what comes back without its tools, or not at all, is told beside the comment, and can be tried again', async () => {
  await begin(desk(null));
  await toolsOf('Ines');
  answerWith('<h1>Not found</h1>', '/posts/p/reply', 404);
  await press('Ines', 'Trash');
  expect((await screen.findByRole('alert', { hidden: true })).textContent).toContain('could not be done');
  vi.stubGlobal('fetch', vi.fn(async () => Promise.reject(new Error('away'))));
  await press('Ines', 'Trash');
  await waitFor(() => expect(screen.getAllByRole('alert', { hidden: true })).toHaveLength(1));
  answerWith(desk({ id: 'aaaaaaaaaaaa', name: 'Ines', revision: 1, status: 'trash', undo: null }), '/posts/p/reply/aaaaaaaaaaaa');
  await press('Ines', 'Trash');
  await screen.findByText('This is in Trash. Readers do not see it.');
});
