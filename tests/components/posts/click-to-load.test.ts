import { fireEvent, screen } from '@testing-library/dom';
import { beforeEach, expect, test } from 'vitest';
import { clickToLoad } from '@/components/posts/click-to-load.enhance';

const video = (player: string) =>
  `<figure class="video"><a class="load-video" data-load="video" data-player="${player}" href="https://www.youtube.com/watch?v=x"><span>Play video on YouTube</span></a></figure>`;
const WATCH = video('https://www.youtube-nocookie.com/embed/x');
// As posts had them that were made before pictures came along.
const oldPicture =
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
  show(WATCH);
  expect(document.querySelector('img, iframe')).toBeNull();
});

test('a picture of another site stays a link that leads there, in posts of any age', () => {
  const link = show(oldPicture);
  link.addEventListener('click', (event) => {
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
  });
  fireEvent.click(link);
  expect(document.querySelector('img, iframe')).toBeNull();
  expect(screen.getByRole('link', { name: /A garden/ }).getAttribute('href')).toBe('https://example.com/a.jpg');
});

test('a video becomes a player of a service we know', () => {
  fireEvent.click(show(video('https://www.youtube-nocookie.com/embed/x')));
  expect(screen.getByTitle('Video on YouTube').getAttribute('src')).toBe('https://www.youtube-nocookie.com/embed/x');
});

test('it is called by what it is in the language in which the text was kept', () => {
  fireEvent.click(show(WATCH.replace('Play video on YouTube', 'Reproducir vídeo en YouTube: Mi vídeo')));
  expect(screen.getByTitle('Vídeo en YouTube: Mi vídeo')).toBeTruthy();
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
  const link = show(WATCH);
  link.addEventListener('click', (event) => {
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
  });
  fireEvent.click(link, { ctrlKey: true });
  expect(screen.getByRole('link')).toBe(link);
});
