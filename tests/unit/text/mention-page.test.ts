import { describe, expect, test } from 'vitest';
import { readMentionPage } from '@/lib/text/mention-page';

const TARGET = 'https://blog.example/posts/patience';
const own = new URL('https://other.example/notes/1');
const read = (html: string) => readMentionPage(html, own, new Set([TARGET]));

test('a page without microformats is called by its title', () => {
  expect(read(`<html><head><title>My &amp; day\n </title></head><body><a href="${TARGET}">x</a>`)).toEqual({ way: 'mention', author: '', text: 'My & day' });
  expect(read(`<a href="${TARGET}">x</a>`)).toEqual({ way: 'mention', author: '', text: '' });
  expect(read('<title>x</title>')).toBeNull();
});

test.each([
  ['u-in-reply-to', 'reply'], ['u-like-of', 'like'], ['u-repost-of', 'repost'], ['u-bookmark-of', 'mention'], ['', 'mention'],
])('an entry whose link is “%s” is a %s', (name, way) => {
  expect(read(`<div class="h-entry"><a class="p-author h-card" href="https://ruth.example">Ruth <b>Bell</b></a> <a class="${name}" href="${TARGET}">it</a> <p class="e-content">So <em>true</em>.</p></div>`))
    .toEqual({ way, author: 'Ruth Bell', text: 'So true.' });
});

test.each([
  ['the address of a citation', `<div class="u-in-reply-to h-cite"><a class="u-url" href="${TARGET}">Patience</a></div>`, 'reply'],
  ['a part of the page', `<a class="u-in-reply-to" href="${TARGET}#comment-1">x</a>`, 'reply'],
  ['another page, with a link to this', `<a class="u-like-of" href="https://third.example/">x</a> <a href="${TARGET}">y</a>`, 'mention'],
])('an entry is in reply to %s', (_, link, way) => {
  expect(read(`<article class="h-entry">${link}<p class="p-summary">Words</p></article>`)).toMatchObject({ way, text: 'Words' });
});

test('of several entries that counts in which the link stands, the innermost', () => {
  const entry = (author: string, inner: string) => `<div class="h-entry"><span class="p-author">${author}</span>${inner}</div>`;
  expect(read(`<div class="h-feed">${entry('Anna', '<p class="e-content">One</p>')}${entry('Bea', `<p class="e-content">Two <a href="${TARGET}">x</a></p>`)}</div>`)).toMatchObject({ author: 'Bea', text: 'Two x' });
});

test('what is said in summary comes before the whole, and the whole before its name', () => {
  const entry = (inner: string) => read(`<div class="h-entry">${inner}<a href="${TARGET}">x</a></div>`)?.text;
  expect(entry('<p class="p-name">N</p><p class="e-content">C</p><p class="p-summary">S</p>')).toBe('S');
  expect(entry('<p class="p-name">N</p><p class="e-content">C</p>')).toBe('C');
  expect(entry('<p class="p-name">N</p>')).toBe('N');
});

test('nothing of it is HTML, and no script is words', () => {
  const page = read(`<div class="h-entry"><b class="p-author">&lt;img src=x onerror=alert(1)&gt;</b><div class="e-content"><script>alert(1)</script><style>p{}</style>Hi <img src=x alt="a cat" onerror=alert(1)> <a href="${TARGET}">x</a></div></div>`);
  expect(page).toEqual({ way: 'mention', author: '<img src=x onerror=alert(1)>', text: 'Hi x' });
});

describe('a hostile page is read in bounded time', () => {
  const link = `<a href="${TARGET}">x</a>`;
  const fill = (part: string, characters = 1_000_000) => part.repeat(characters / part.length);
  test.each<[string, string]>([
    ['elements without end', link + fill('<div>')],
    ['nested entries', fill('<div class="h-entry">', 2_000) + link + fill('<p class="p-name">x</p>')],
    ['nested entries that are content, too', fill('<div class="h-entry e-content">', 3_000) + link + fill('<p>xxx</p>')],
    ['a thousand classes on each element', `<div class="h-entry">${link}${fill(`<p class="${'p-a '.repeat(950)}">x</p>`)}</div>`],
    ['a million classes on one', `<div class="h-entry">${link}<p class="${fill('p-name ')}">x</p></div>`],
    ['relations without end', `<div class="h-entry">${link}${fill('<a rel="a b c" href="/x">a</a>')}</div>`],
    ['formatting without end', `<div class="h-entry">${link}${fill('<p><b>')}`],
    ['attributes without end', `<div class="h-entry">${link}<a ${Array.from({ length: 120_000 }, (_, at) => `a${at}`).join(' ')}>`],
    ['titles without end', link + fill('<title ')],
    ['tables', `<div class="h-entry">${link}${fill('<table><td>')}`],
    ['names in names', `<div class="h-entry">${link}${fill('<p class="p-name"><div class="p-name">x')}`],
    ['one long word', `<div class="h-entry">${link}<p class="e-content">${'x'.repeat(1_000_000)}</p></div>`],
    ['many sources of a picture', `${link}<img srcset="${fill('a 1x,')}">`],
  ])('%s', (_, html) => {
    const start = performance.now();
    expect(read(html)).not.toBeNull();
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
