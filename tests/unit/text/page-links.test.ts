import { describe, expect, test } from 'vitest';
import { comparable, jsonNames, readLinksOf, textNames } from '@/lib/text/page-links';

const TARGET = 'https://blog.example/posts/patience';
const targets = new Set([TARGET]);
const own = new URL('https://other.example/notes/1');
const isLinked = (html: string): boolean => readLinksOf(html, own, targets).isLinked;

// The cases of https://webmention.rocks, receiver and discovery tests, among them.
test.each([
  ['a link', `<p>See <a href="${TARGET}">this</a>.`],
  ['a link without quotes, in capitals', `<P><A HREF=${TARGET}>this</A>`],
  ['a link to a part of it', `<a href="${TARGET}#comment-1">this</a>`],
  ['a host in capitals and a port that says nothing', '<a href="HTTPS://Blog.Example:443/posts/patience">this</a>'],
  ['an entity in it', '<a href="https://blog.example/posts&#47;patience">this</a>'],
  ['a line end around it', `<a href="\n${TARGET} ">this</a>`],
  ['a base before a relative one', '<base href="https://blog.example/posts/"><a href="patience">this</a>'],
  ['the first base counts', '<base href="https://blog.example/posts/"><base href="https://evil.example/"><a href="patience">this</a>'],
  ['a link in the head', `<head><link rel="in-reply-to" href="${TARGET}"></head>`],
  ['a picture', `<img src="${TARGET}">`],
  ['a picture of several', `<img srcset="/small.jpg 1x, ${TARGET} 2x">`],
  ['a video', `<video src="${TARGET}"></video>`],
  ['a quotation', `<blockquote cite="${TARGET}">x</blockquote>`],
  ['a page that never ends', `<div><a href="${TARGET}">this`],
])('%s links', (_, html) => expect(isLinked(html)).toBe(true));

test.each([
  ['words that are the address', `<p>${TARGET}</p>`],
  ['a comment of the source', `<!-- <a href="${TARGET}">this</a> -->`],
  ['a script', `<script>const a = '<a href="${TARGET}">';</script>`],
  ['escaped HTML in a listing', `<pre>&lt;a href="${TARGET}"&gt;</pre>`],
  ['the text of a field', `<textarea><a href="${TARGET}">this</a></textarea>`],
  ['a longer address', `<a href="${TARGET}-two">this</a>`],
  ['a shorter address', '<a href="https://blog.example/posts/">this</a>'],
  ['another query', `<a href="${TARGET}?a=1">this</a>`],
  ['another protocol', '<a href="http://blog.example/posts/patience">this</a>'],
  ['another host with it in the path', `<a href="https://evil.example/${TARGET}">this</a>`],
  ['a relative one of its own', '<a href="/posts/patience">this</a>'],
  ['an attribute that leads nowhere', `<a title="${TARGET}" data-href="${TARGET}">this</a>`],
  ['nothing', ''],
])('%s does not link', (_, html) => expect(isLinked(html)).toBe(false));

test.each(['javascript:alert(1)', 'ftp://blog.example/', 'data:text/html,x', '//', 'posts/patience', ''])('%s is no address of the web', (address) => expect(comparable(address)).toBeNull());

describe('a JSON document', () => {
  test.each([[`{"a":{"b":["x","${TARGET}"]}}`, true], [`["${TARGET}#x"]`, true], [`"${TARGET}"`, true], [`{"${TARGET}":1}`, false], [`{"a":"see ${TARGET}"}`, false], ['{"a":', false], ['null', false]])('%s: %s', (document, names) => expect(jsonNames(document, targets)).toBe(names));
  test('nested a hundred thousand deep is no trouble', () => expect(jsonNames('['.repeat(100_000) + ']'.repeat(100_000), targets)).toBe(false));
});

describe('a plain text', () => {
  test.each([[`See ${TARGET}.`, true], [`(${TARGET})`, true], [`<${TARGET}>`, true], [`${TARGET}-two`, false], [`x${TARGET}`, true], ['blog.example/posts/patience', false]])('%s: %s', (text, names) => expect(textNames(text, targets)).toBe(names));
});
