import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { discussion } from '@/components/comments/comment-form.enhance';

const box = (inner = '', title = 'Leave a Reply', parent = '') => `
  <section class="comment-box" data-comment-box data-heading="Leave a Reply" data-not-sent="Your comment could not be sent: please try again in a moment." data-kept="Your text is still here.">
    <h2>${title}</h2>
    <p class="cancel-reply" ${parent ? '' : 'hidden'}><a href="/posts/p" data-cancel-reply>Cancel reply</a></p>
    <form>
      <input type="hidden" name="parent" value="${parent}">${inner}
      <label>Comment <textarea name="comment"></textarea></label>
      <div class="identity" data-identity="guest"><label>Name <input name="name"></label><label>Email <input name="email"></label><label>Website <input name="website"></label>
      <label><input type="checkbox" name="save"> Save</label></div>
      <button>Post Comment</button>
    </form>
  </section>`;

const page = (boxHtml = box()) => `
  <div data-discussion data-post="p" data-published="Your comment is published.">
    <section class="discussion"><h2>1 thought</h2>
      <ol class="thread-list"><li><article id="comment-aaaaaaaaaaaa" tabindex="-1">Hi <a href="/posts/p/reply/aaaaaaaaaaaa" data-reply>Reply to Ines</a></article></li></ol>
    </section>
    ${boxHtml}
  </div>`;

const held = `<li data-waiting="bbbbbbbbbbbb" data-waiting-parent="aaaaaaaaaaaa"><article id="comment-bbbbbbbbbbbb" tabindex="-1"><p role="status"><strong>Your comment is awaiting moderation.</strong></p></article></li>`;

function answerWith(html: string, url: string, status = 200) {
  const answer = vi.fn(async () => Object.defineProperty(new Response(html, { status }), 'url', { value: new URL(url, location.href).href }));
  vi.stubGlobal('fetch', answer);
  return answer;
}

function begin(): HTMLElement {
  document.body.innerHTML = page();
  document.body.dataset.sending = 'Sending…';
  const whole = document.querySelector<HTMLElement>('[data-discussion]')!;
  discussion(whole, () => undefined);
  return whole;
}

beforeEach(() => history.replaceState(null, '', '/posts/p'));

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
  for (const name of ['here', 'writer']) document.cookie = `${name}=; max-age=0; path=/`;
});

test('a page without the cookie asks for nothing of one’s own', () => {
  const asked = answerWith('', '/posts/p/reply');
  begin();
  expect(asked).not.toHaveBeenCalled();
});

test('with the cookie one’s waiting comment stands below the comment it answers', async () => {
  document.cookie = 'here=1; path=/';
  answerWith(`<ol>${held}</ol>${box()}`, '/posts/p/reply');
  begin();
  const article = await waitFor(() => document.getElementById('comment-bbbbbbbbbbbb') ?? Promise.reject(new Error('not yet')));
  expect(article.closest('ol.replies')?.previousElementSibling?.id).toBe('comment-aaaaaaaaaaaa');
  await screen.findByText('Your comment is awaiting moderation.');
});

test('a person finds their name in the box, and nothing that is said to guests', async () => {
  document.cookie = 'here=1; path=/';
  const person = '<section data-comment-box><form><div class="identity identity--person" data-identity="person">Marlene</div><p class="box-note">What is kept</p></form></section>';
  answerWith(person, '/posts/p/reply');
  document.body.innerHTML = page().replace('<button>', '<p class="box-note">First comments are read.</p><button>');
  discussion(document.querySelector<HTMLElement>('[data-discussion]')!, () => undefined);
  await screen.findByText('Marlene');
  expect(screen.queryByLabelText('Name')).toBeNull();
  expect(screen.queryByText('First comments are read.')).toBeNull();
});

test('the box goes below the comment it answers and back again, with what was typed', async () => {
  const whole = begin();
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Comment'), 'typed before');
  await user.click(screen.getByText('Reply to Ines'));
  expect(screen.getByRole('heading', { name: 'Reply to Ines' }).closest('li')?.querySelector('#comment-aaaaaaaaaaaa')).not.toBeNull();
  expect(document.querySelector<HTMLInputElement>('[name="parent"]')?.value).toBe('aaaaaaaaaaaa');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('typed before');
  expect(document.activeElement).toBe(screen.getByLabelText('Comment'));
  await user.click(screen.getByText('Cancel reply'));
  expect(screen.getByRole('heading', { name: 'Leave a Reply' }).parentElement?.parentElement).toBe(whole);
  expect(document.querySelector<HTMLInputElement>('[name="parent"]')?.value).toBe('');
  expect(document.activeElement).toBe(screen.getByText('Reply to Ines'));
});

test('a held comment appears in place, focused, and the box is empty again', async () => {
  begin();
  const user = userEvent.setup();
  answerWith(`<ol>${held}</ol>${box()}`, '/posts/p/reply');
  await user.click(screen.getByText('Reply to Ines'));
  await user.type(screen.getByLabelText('Comment'), 'An answer');
  await user.click(screen.getByRole('button', { name: 'Post Comment' }));
  await screen.findByText('Your comment is awaiting moderation.');
  expect(document.activeElement?.id).toBe('comment-bbbbbbbbbbbb');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('');
  expect(screen.getByRole('heading', { name: 'Leave a Reply' })).toBeTruthy();
});

test('Escape in the box below a comment puts it back, with what was typed', async () => {
  begin();
  const user = userEvent.setup();
  await user.click(screen.getByText('Reply to Ines'));
  await user.keyboard('half a thought{Escape}');
  expect(screen.getByRole('heading', { name: 'Leave a Reply' })).toBeTruthy();
  expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('half a thought');
  expect(document.activeElement).toBe(screen.getByText('Reply to Ines'));
});

test('a slow send says so, is sent once however often it is pressed, and leaves no trace', async () => {
  begin();
  const user = userEvent.setup();
  let arrive = (_: Response) => {};
  const asked = vi.fn(() => new Promise<Response>((resolve) => (arrive = resolve)));
  vi.stubGlobal('fetch', asked);
  const button = screen.getByRole('button', { name: 'Post Comment' });
  await user.type(screen.getByLabelText('Comment'), 'Text');
  await user.dblClick(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Sending…'));
  expect(asked).toHaveBeenCalledOnce();
  arrive(Object.defineProperty(new Response(page(box('<p role="alert" tabindex="-1">No.</p>'))), 'url', { value: `${location.origin}/posts/p` }));
  await screen.findByRole('alert');
  expect(screen.queryByRole('status')).toBeNull();
  expect(screen.getByRole('button', { name: 'Post Comment' }).getAttribute('aria-disabled')).toBeNull();
});

test('a refused comment gets the box that came back, its sentence focused', async () => {
  begin();
  const user = userEvent.setup();
  answerWith(page(box('<p role="alert" tabindex="-1">Please enter your name.</p>')), '/posts/p', 422);
  await user.type(screen.getByLabelText('Comment'), 'Text');
  await user.click(screen.getByRole('button', { name: 'Post Comment' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Please enter your name.');
  expect(document.activeElement).toBe(screen.getByRole('alert'));
});

test.each([
  ['the network is gone', () => vi.stubGlobal('fetch', vi.fn(async () => Promise.reject(new TypeError('gone'))))],
  ['the database is away', () => answerWith('<h1>503</h1>', '/posts/p', 503)],
])('when %s the text stays and a sentence says what to do', async (_, fail) => {
  begin();
  const user = userEvent.setup();
  fail();
  await user.type(screen.getByLabelText('Comment'), 'A long text');
  await user.click(screen.getByRole('button', { name: 'Post Comment' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Your text is still here');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('A long text');
});

test('a comment too large for the blog is refused in its words, not as a bad connection', async () => {
  begin();
  answerWith('<main><h1>Too large</h1><p>Please shorten it.</p></main>', '/posts/p', 413);
  await userEvent.type(screen.getByLabelText('Comment'), 'A long text');
  await userEvent.click(screen.getByRole('button', { name: 'Post Comment' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Please shorten it. Your text is still here.');
});

test('what this browser saved of a guest is filled in', () => {
  document.cookie = `writer=${encodeURIComponent(JSON.stringify({ name: 'Nora', email: 'nora@example.com', website: '' }))}; path=/`;
  begin();
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Nora');
  expect(screen.getByLabelText<HTMLInputElement>('Save').checked).toBe(true);
});

test('a cookie that is no JSON leaves the box as it is', () => {
  document.cookie = 'writer=%7Bbroken; path=/';
  begin();
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('');
});

test('what is sent says for how many whole seconds the page was open', async () => {
  begin();
  const asked = answerWith(page(box('<p role="alert" tabindex="-1">No.</p>')), '/posts/p', 422);
  vi.spyOn(performance, 'now').mockReturnValue(7_900);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Post Comment' }));
  await screen.findByRole('alert');
  vi.mocked(performance.now).mockRestore();
  const [, { body }] = asked.mock.calls[0] as unknown as [string, { body: FormData }];
  expect(body.get('seconds')).toBe('7');
});
