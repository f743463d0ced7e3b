import { afterEach, expect, test } from 'vitest';
import { postHtml } from '@/lib/text/post-html';
import { CATALOGUES, speak, type Language } from '@/lib/words/languages';

const OWN = `/media/${'a'.repeat(64)}.jpg`;
const languages = Object.keys(CATALOGUES) as Language[];
const ways = languages.flatMap((from) => languages.map((to) => [from, to] as const));

afterEach(() => speak('en'));

function read(source: string, language: Language): string {
  speak(language);
  return postHtml(source, { footnotes: '[{"id":"note","content":"A word."}]' }).html;
}

const anew = {
  'a video': 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  'a video with a name': '<iframe src="https://player.vimeo.com/video/76979871" title="The new Vimeo player: a film on Vimeo"></iframe>',
  'a picture of elsewhere': '<img src="https://elsewhere.example/a.jpg" alt="">',
  'a picture of elsewhere with words': '<img src="https://elsewhere.example/a.jpg" alt="A garden: in May">',
  'a picture that leads to itself': `<a href="${OWN}"><img src="${OWN}" alt=""></a>`,
  'a picture that leads to a page of ours': `<a href="/about"><img src="${OWN}" alt=""></a>`,
  'a picture that leads to a page of elsewhere': `<a href="https://elsewhere.example/page"><img src="${OWN}" alt=""></a>`,
};

test.each(ways)('what was kept in %s is said anew in %s, once', (from, to) => {
  for (const [what, source] of Object.entries(anew)) expect(read(read(source, from), to), what).toBe(read(source, to));
});

test.each(ways)('the way back from a footnote keeps the name that it has in %s, also in %s', (from, to) => {
  const kept = read('<p>A text.<sup data-fn="note"><a href="#note" id="note-link">1</a></sup></p>\n<!-- wp:footnotes /-->', from);
  expect(kept).toContain('aria-label="');
  expect(read(kept, to)).toBe(kept);
});

test('each language says them its own way', () => {
  for (const [what, source] of Object.entries(anew)) expect(new Set(languages.map((language) => read(source, language))).size, what).toBe(languages.length);
});
