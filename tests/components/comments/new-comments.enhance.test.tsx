import { fireEvent, screen } from '@testing-library/dom';
import { render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { discussion } from '@/components/comments/comment-form.enhance';
import { Discussion } from '@/components/comments/discussion';
import { newComments } from '@/components/comments/new-comments.enhance';
import type { CommentNode, CommentView } from '@/lib/comments/schema';
import { storedHtml } from '@/lib/text/safe-html';
import { speak } from '@/lib/words/languages';

const MINUTE_MS = 60_000;
const at = new Date('2016-05-13T10:00:00Z');
const [INES, JONAS, RUTH] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'];

const comment = (id: string, name: string, replies: CommentNode[] = []): CommentView => ({
  kind: 'comment', id, legacyNumber: null, depth: 1, name, picture: null, website: null, isPostAuthor: false, createdAt: at, isEdited: false, revision: 1,
  html: storedHtml(`<p>${name} says</p>`), inReplyTo: null, place: null, replies,
});

const BOX = `<section data-comment-box data-heading="Leave a Reply"><h2>Leave a Reply</h2><p class="cancel-reply" hidden><a href="/posts/p" data-cancel-reply>Cancel reply</a></p>
  <form><input type="hidden" name="parent" value=""><label>Comment <textarea name="comment"></textarea></label><button>Post Comment</button></form></section>`;

type Shown = { count?: number; commentsOpen?: boolean; isLocked?: boolean };

/** The discussion as the blog gives it to everybody. */
function pageOf(threads: CommentNode[], { count = 1, commentsOpen = true, isLocked = false }: Shown = {}): string {
  const { container, unmount } = render(
    <Discussion post={{ kind: 'post', slug: 'p', title: 'Tea', approvedCount: count, commentsOpen, isLocked, helpline: null }} site={{ language: 'en', timeZone: 'UTC', quotesComments: true }}
      discussion={{ page: 1, order: 'oldest', pages: 1, threads, mentions: [], newest: null }}>
      <div data-box-here />
    </Discussion>,
  );
  const html = container.innerHTML.replace('<div data-box-here="true"></div>', BOX);
  unmount();
  return html;
}

let answers: Record<string, () => Response | Promise<Response>>;
const asked: string[] = [];
const redo = (scope: ParentNode) => scope.querySelectorAll<HTMLElement>('[data-news]').forEach((root) => newComments(root, redo));

const told = (comments: number, newest: string | null) => () => Response.json({ comments, newest });
const countOf = (path: string) => asked.filter((one) => one === path).length;
const asks = () => countOf('/posts/p/count');
const status = () => screen.queryByRole('status');
const bringBack = (html: string) => () => Object.defineProperty(new Response(html), 'url', { value: new URL('/posts/p', location.href).href });

function look(state: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Time passes, and what waits for it is done. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Long enough to ask once, and for the screen to show it. */
const passMinute = () => pass(1.2 * MINUTE_MS + 100);

function begin(html = pageOf([comment(INES, 'Ines')])): HTMLElement {
  document.body.innerHTML = html;
  redo(document);
  const whole = document.querySelector<HTMLElement>('[data-discussion]')!;
  discussion(whole, redo);
  return whole;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'] });
  history.replaceState(null, '', '/posts/p');
  asked.length = 0;
  answers = { '/posts/p/count': told(1, INES) };
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    const answer = answers[address];
    if (!answer) throw new TypeError('Failed to fetch');
    return answer();
  });
  vi.stubGlobal('scrollBy', vi.fn());
  Element.prototype.scrollIntoView = vi.fn();
  look('visible');
});

afterEach(() => {
  document.body.innerHTML = '';
  document.cookie = 'here=; max-age=0; path=/';
  sessionStorage.clear();
  speak('en');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('an open page asks about once a minute, and says nothing while there is nothing new', async () => {
  begin();
  await pass(47_000);
  expect(asks()).toBe(0);
  await pass(26_000);
  expect(asks()).toBe(1);
  await pass(10 * MINUTE_MS);
  expect(asks()).toBeGreaterThanOrEqual(1 + Math.floor(600 / 72));
  expect(asks()).toBeLessThanOrEqual(1 + Math.ceil(600 / 48));
  expect(status()).toBeNull();
});

test.each([[2, '1 new comment, show'], [3, '2 new comments, show'], [1_002, '1001 new comments, show']])('with %i where 1 is shown it says “%s”', async (comments, words) => {
  answers['/posts/p/count'] = told(comments, JONAS);
  begin();
  await passMinute();
  expect(status()?.textContent).toBe(words);
  expect(screen.getByRole('button', { name: 'show' })).toBeTruthy();
});

test('in Spanish it is said in Spanish', async () => {
  speak('es');
  answers['/posts/p/count'] = told(3, JONAS);
  begin();
  await passMinute();
  expect(status()?.textContent).toBe('2 comentarios nuevos, ver');
});

test('one that came while another went is news, and one that went is none', async () => {
  begin();
  answers['/posts/p/count'] = told(0, null);
  await passMinute();
  expect(status()).toBeNull();
  answers['/posts/p/count'] = told(1, JONAS);
  await passMinute();
  expect(status()?.textContent).toBe('1 new comment, show');
});

test('more of them are said in the same place, and the button that somebody is on stays; what is the same is not said again', async () => {
  answers['/posts/p/count'] = told(2, JONAS);
  begin();
  await passMinute();
  const [said, button] = [status()!, screen.getByRole('button', { name: 'show' })];
  button.focus();
  const changes = vi.fn();
  new MutationObserver(changes).observe(said, { childList: true, subtree: true, characterData: true });
  await passMinute();
  expect(changes).not.toHaveBeenCalled();
  answers['/posts/p/count'] = told(3, RUTH);
  await passMinute();
  expect([status(), document.activeElement, said.textContent]).toEqual([said, button, '2 new comments, show']);
});

test('what is not there any more is not offered, and the focus goes to the heading', async () => {
  answers['/posts/p/count'] = told(2, JONAS);
  begin();
  await passMinute();
  screen.getByRole('button', { name: 'show' }).focus();
  answers['/posts/p/count'] = told(1, INES);
  await passMinute();
  expect(status()).toBeNull();
  expect(document.activeElement?.id).toBe('comments-title');
});

test('a page that nobody sees asks nothing; seen again after an hour it asks within two seconds, once', async () => {
  begin();
  look('hidden');
  await pass(60 * MINUTE_MS);
  expect(asks()).toBe(0);
  look('visible');
  await pass(2_000);
  expect(asks()).toBe(1);
  await pass(40_000);
  expect(asks()).toBe(1);
});

test('going away and coming back, however often, makes nobody ask sooner', async () => {
  begin();
  for (let second = 0; second < 45; second += 1) {
    look('hidden');
    await pass(500);
    look('visible');
    await pass(500);
  }
  expect(asks()).toBe(0);
  await pass(29_000);
  expect(asks()).toBe(1);
});

test('coming back while an answer is awaited asks nothing more', async () => {
  let arrive = (_: Response) => {};
  answers['/posts/p/count'] = () => new Promise((resolve) => (arrive = resolve));
  begin();
  await passMinute();
  look('hidden');
  look('visible');
  await pass(3_000);
  expect(asks()).toBe(1);
  arrive(Response.json({ comments: 2, newest: JONAS }));
  await pass(100);
  expect(status()?.textContent).toBe('1 new comment, show');
});

test.each<[string, () => Response]>([
  ['no network', () => { throw new TypeError('Failed to fetch'); }],
  ['a blog that is busy', () => new Response('', { status: 503 })],
  ['another’s page in its place', () => new Response('<h1>Hotel Wi-Fi</h1>')],
  ['another’s answer in its place', () => Response.json({ comments: '2', newest: '//evil.test' })],
])('with %s it says nothing, and asks less and less often', async (_, answer) => {
  answers['/posts/p/count'] = answer;
  begin();
  await pass(60 * MINUTE_MS);
  expect(asks()).toBeLessThanOrEqual(9);
  expect(asks()).toBeGreaterThanOrEqual(5);
  expect(status()).toBeNull();
});

test('once the network is back it asks at once, and then every minute again', async () => {
  answers['/posts/p/count'] = () => { throw new TypeError('Failed to fetch'); };
  begin();
  await pass(30 * MINUTE_MS);
  const before = asks();
  answers['/posts/p/count'] = told(2, JONAS);
  dispatchEvent(new Event('online'));
  await pass(2_100);
  expect(asks()).toBe(before + 1);
  expect(status()?.textContent).toBe('1 new comment, show');
  await pass(5 * MINUTE_MS);
  expect(asks()).toBeGreaterThanOrEqual(before + 5);
});

test('a post that is gone is asked for no more', async () => {
  answers['/posts/p/count'] = () => new Response('', { status: 404 });
  begin();
  await pass(60 * MINUTE_MS);
  look('hidden');
  look('visible');
  await pass(60 * MINUTE_MS);
  expect(asks()).toBe(1);
});

test.each<[string, Shown]>([['that takes no comments', { commentsOpen: false }], ['with a password', { isLocked: true }]])('the page of a post %s asks nothing', async (_, shown) => {
  begin(pageOf([comment(INES, 'Ines')], shown));
  await pass(60 * MINUTE_MS);
  expect(asked).toEqual([]);
});

test('a discussion that was replaced asks no more; the one in its place does', async () => {
  const whole = begin();
  whole.remove();
  await pass(60 * MINUTE_MS);
  expect(asks()).toBe(0);
});

/** Says that Jonas has answered Ines and Ruth has begun a thread, and has them ready. */
async function announceTwo({ count = 3 } = {}) {
  answers['/posts/p/count'] = told(count, RUTH);
  answers['/posts/p'] = bringBack(pageOf([comment(INES, 'Ines', [comment(JONAS, 'Jonas')]), comment(RUTH, 'Ruth')], { count }));
  await passMinute();
}

const show = async () => {
  screen.getByRole('button', { name: 'show' }).click();
  await pass(100);
};

test('show brings in the new ones, marks them, and puts the focus on the first', async () => {
  begin();
  await announceTwo();
  await show();
  expect(screen.getByRole('heading', { name: '3 thoughts on “Tea”' })).toBeTruthy();
  expect(document.activeElement?.id).toBe(`comment-${JONAS}`);
  expect(screen.getAllByText('New').map((mark) => mark.closest('article')?.id)).toEqual([`comment-${JONAS}`, `comment-${RUTH}`]);
  expect(screen.getByRole('article', { name: /^Jonas New/ })).toBeTruthy();
  expect(status()).toBeNull();
});

test('what was shown is no news any more, and the next one is', async () => {
  begin();
  await announceTwo();
  await show();
  await pass(3 * MINUTE_MS);
  expect(status()).toBeNull();
  answers['/posts/p/count'] = told(4, 'dddddddddddd');
  await passMinute();
  expect(status()?.textContent).toBe('1 new comment, show');
});

test('what is typed below a comment stays there, and the way back from it works', async () => {
  begin();
  screen.getByText('Reply to Ines').click();
  fireEvent.input(screen.getByLabelText('Comment'), { target: { value: 'half a thought' } });
  const text = screen.getByLabelText<HTMLTextAreaElement>('Comment');
  await announceTwo();
  await show();
  expect([screen.getByLabelText('Comment'), text.value]).toEqual([text, 'half a thought']);
  expect(text.closest('[data-comment-box]')?.previousElementSibling?.id).toBe(`comment-${INES}`);
  expect(document.querySelector<HTMLInputElement>('[name="parent"]')?.value).toBe(INES);
  screen.getByText('Cancel reply').click();
  expect(text.closest('[data-comment-box]')?.parentElement).toBe(document.querySelector('[data-discussion]'));
});

test('where the comment that is answered has gone, the box goes back to its place with what is typed', async () => {
  begin();
  screen.getByText('Reply to Ines').click();
  fireEvent.input(screen.getByLabelText('Comment'), { target: { value: 'half a thought' } });
  answers['/posts/p/count'] = told(1, RUTH);
  answers['/posts/p'] = bringBack(pageOf([comment(RUTH, 'Ruth')]));
  await passMinute();
  await show();
  expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('half a thought');
  expect(document.querySelector('[data-comment-box]')?.parentElement).toBe(document.querySelector('[data-discussion]'));
  expect([document.querySelector<HTMLInputElement>('[name="parent"]')?.value, screen.getByRole('heading', { name: 'Leave a Reply' }).textContent]).toEqual(['', 'Leave a Reply']);
  expect(document.activeElement?.id).toBe(`comment-${RUTH}`);
});

test('a thread that was folded stays so, unless the first new one is in it', async () => {
  const [first, second] = [comment(INES, 'Ines', [comment('dddddddddddd', 'Otto')]), comment(RUTH, 'Ruth', [comment('eeeeeeeeeeee', 'Vera')])];
  begin(pageOf([first, second], { count: 4 }));
  document.querySelectorAll('details').forEach((thread) => (thread.open = false));
  answers['/posts/p/count'] = told(5, JONAS);
  answers['/posts/p'] = bringBack(pageOf([first, { ...second, replies: [...second.replies, comment(JONAS, 'Jonas')] }], { count: 5 }));
  await passMinute();
  await show();
  expect([...document.querySelectorAll('details.thread')].map((thread) => (thread as HTMLDetailsElement).open)).toEqual([false, true]);
});

const waiting = (id: string) => `<ol><li data-waiting="${id}" data-waiting-parent="${INES}"><article id="comment-${id}" tabindex="-1"><p role="status">Your comment is awaiting moderation.</p></article></li></ol>`;

test('one’s own waiting comment stays, and one that is published meanwhile stands there once, as new', async () => {
  document.cookie = 'here=1; path=/';
  answers['/posts/p/reply'] = bringBack(waiting(JONAS) + waiting('dddddddddddd'));
  begin();
  await pass(100);
  expect(document.querySelectorAll('[data-waiting]')).toHaveLength(2);
  answers['/posts/p/reply'] = bringBack(waiting('dddddddddddd'));
  await announceTwo();
  screen.getByRole('button', { name: 'show' }).click();
  await pass(100);
  expect([...document.querySelectorAll<HTMLElement>('[data-waiting]')].map(({ dataset }) => dataset.waiting)).toEqual(['dddddddddddd']);
  expect([...document.querySelectorAll(`#comment-${JONAS}`)].map((one) => one.classList.contains('comment--new'))).toEqual([true]);
});

test('where one’s own page does not come, what waited stays as it was', async () => {
  document.cookie = 'here=1; path=/';
  answers['/posts/p/reply'] = bringBack(waiting(JONAS) + waiting('dddddddddddd'));
  begin();
  await pass(100);
  delete answers['/posts/p/reply'];
  await announceTwo();
  screen.getByRole('button', { name: 'show' }).click();
  await pass(100);
  expect([...document.querySelectorAll<HTMLElement>('[data-waiting]')].map(({ dataset }) => dataset.waiting)).toEqual(['dddddddddddd']);
});

test('where the page cannot be had, that is said, everything stays, and another press tries again', async () => {
  begin();
  await announceTwo();
  const page = answers['/posts/p']!;
  delete answers['/posts/p'];
  await show();
  expect(status()?.textContent).toBe('This did not work just now, try again');
  expect(document.querySelectorAll('article')).toHaveLength(1);
  answers['/posts/p'] = page;
  screen.getByRole('button', { name: 'try again' }).click();
  await pass(100);
  expect(document.activeElement?.id).toBe(`comment-${JONAS}`);
});

test('pressed twice it is fetched once', async () => {
  begin();
  await announceTwo();
  const button = screen.getByRole('button', { name: 'show' });
  button.click();
  button.click();
  await pass(100);
  expect(countOf('/posts/p')).toBe(1);
});

test('the reader’s place is the same height of the window after it', async () => {
  begin();
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const top = this.id !== `comment-${INES}` ? 0 : document.querySelector(`#comment-${JONAS}`) ? 250 : 100;
    return { top, bottom: top + 50 } as DOMRect;
  });
  await announceTwo();
  await show();
  expect(scrollBy).toHaveBeenCalledWith({ top: 150, behavior: 'instant' });
});
