import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { beforeEach, expect, test, vi } from 'vitest';
import { clickToLoad } from '@/components/posts/click-to-load.enhance';

const video = (player: string) =>
  `<figure class="video"><a class="load-video" data-load="video" data-player="${player}" href="https://www.youtube.com/watch?v=x"><span>Play video on YouTube</span></a></figure>`;
const picture =
  '<figure class="remote-picture"><a class="load-picture" data-load="picture" href="https://example.com/a.jpg"><span>Show picture: A garden</span> <small>from example.com</small></a></figure>';

function show(html: string): HTMLElement {
  document.body.innerHTML = html;
  const link = screen.getByRole('link');
  clickToLoad(link);
  return link;
}

beforeEach(() => {
  document.body.innerHTML = '';
});

test('nothing is loaded before the click', () => {
  show(picture + '');
  expect(document.querySelector('img, iframe')).toBeNull();
});

test('a picture takes its link’s place with its own words and tells the other site no address', () => {
  fireEvent.click(show(picture));
  const image = screen.getByRole('img', { name: 'A garden' });
  expect(image.getAttribute('src')).toBe('https://example.com/a.jpg');
  expect(image.getAttribute('referrerpolicy') ?? (image as HTMLImageElement).referrerPolicy).toBe('no-referrer');
  expect(screen.queryByRole('link')).toBeNull();
  expect(document.activeElement).toBe(image);
});

test('a picture that does not load gives the link and the focus back, says so, and leads to its address', async () => {
  const link = show(picture);
  fireEvent.click(link);
  fireEvent.error(screen.getByRole('img'));
  expect(document.activeElement).toBe(screen.getByRole('link'));
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('did not load'));
  const seen = vi.fn((event: Event) => [event.defaultPrevented, event.preventDefault()][0]);
  link.addEventListener('click', seen);
  fireEvent.click(link);
  expect(seen).toHaveReturnedWith(false);
});

test('a picture that nobody described has a name when it takes the focus', () => {
  fireEvent.click(show(picture.replace(': A garden', '')));
  expect(document.activeElement).toBe(screen.getByRole('img', { name: 'Picture without a description' }));
});

test('a video becomes a player of a service we know', () => {
  fireEvent.click(show(video('https://www.youtube-nocookie.com/embed/x')));
  expect(screen.getByTitle('Video on YouTube').getAttribute('src')).toBe('https://www.youtube-nocookie.com/embed/x');
});

test('a player of any other address is not made: the link stays a link', () => {
  const link = show(video('https://www.youtube-nocookie.com.evil.example/embed/x'));
  link.addEventListener('click', (event) => {
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
  });
  fireEvent.click(link);
  expect(document.querySelector('iframe')).toBeNull();
});

test('a click with a key held, to open another tab, is the browser’s', () => {
  const link = show(picture);
  link.addEventListener('click', (event) => {
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
  });
  fireEvent.click(link, { ctrlKey: true });
  expect(screen.getByRole('link')).toBe(link);
});
