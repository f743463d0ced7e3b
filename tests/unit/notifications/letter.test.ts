import { fromHtml } from 'hast-util-from-html';
import fc from 'fast-check';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { letter, type LetterParts } from '../../../lib/notifications/letter';

const whole: LetterParts = {
  siteTitle: 'Pencils & Patience',
  paragraphs: ['Somebody asked to sign in.', 'If it was not you,\ndo nothing.'],
  action: { label: 'Sign in', href: 'https://blog.example/sign-in/link?token=a&next=/b' },
  code: 'K7M-2QX',
  footer: 'Sent because this address was typed in.',
};

/** What HTML is made of: elements with their addresses, and the words. */
function read(html: string): { tags: string[]; words: string; attributes: string[] } {
  const tags: string[] = [];
  const attributes: string[] = [];
  let words = '';
  visit(fromHtml(html), (node) => {
    if (node.type === 'text') words += node.value;
    if (node.type !== 'element') return;
    tags.push(node.tagName);
    for (const [name, value] of Object.entries(node.properties)) attributes.push(`${name}=${String(value)}`);
  });
  return { tags, words, attributes };
}

test('as text it has the words in order, the address on a line of its own, the code, and who sent it', async () => {
  expect((await letter(whole)).text).toBe(`Somebody asked to sign in.

If it was not you,
do nothing.

Sign in:
https://blog.example/sign-in/link?token=a&next=/b

Or type this code on the page where you asked for it:

    K7M-2QX

-- 
Pencils & Patience
Sent because this address was typed in.
`);
});

test('as HTML it says the same, with a button and its address in full', async () => {
  const { words, attributes } = read((await letter(whole)).html);
  for (const said of ['Pencils & Patience', 'Somebody asked to sign in.', 'If it was not you,', 'K7M-2QX', 'Sent because this address was typed in.', whole.action!.href]) expect(words).toContain(said);
  expect(attributes.filter((attribute) => attribute.startsWith('href='))).toEqual([`href=${whole.action!.href}`, `href=${whole.action!.href}`]);
});

test('nothing in it is fetched and nothing runs: no picture, script, font or other address', async () => {
  const { tags, attributes } = read((await letter(whole)).html);
  expect(tags.filter((tag) => ['img', 'script', 'link', 'iframe', 'form', 'object', 'svg', 'base'].includes(tag))).toEqual([]);
  expect(attributes.filter((attribute) => /^(src|srcSet|on[a-z]+|background|ping)=/i.test(attribute))).toEqual([]);
  expect((await letter(whole)).html).not.toMatch(/url\(|@import|@font-face/);
});

test('it is readable where dark is preferred', async () => {
  expect((await letter(whole)).html).toContain('prefers-color-scheme: dark');
  expect(read((await letter(whole)).html).attributes).toContain('content=light dark');
});

test('the sheet that react-email lays under all of it is the one that the dark style names', async () => {
  const { html } = await letter(whole);
  expect(html).toContain('.paper > table > tbody > tr > td');
  expect(html).toMatch(/<body class="paper"[^>]*>(?:<!--[^>]*-->)*<table[^>]*><tbody><tr><td style="[^"]*background/);
});

test('what it is about stands large, after the paragraphs and before the rest', async () => {
  const { text, html } = await letter({ siteTitle: 'Pencils', paragraphs: ['First.'], title: 'Bread', byline: 'by Ines', more: 'It rose.' });
  expect(text).toContain('First.\n\nBread\nby Ines\n\nIt rose.');
  const { words } = read(html);
  expect(words.lastIndexOf('First.')).toBeLessThan(words.indexOf('Bread'));
  expect(words.indexOf('Bread')).toBeLessThan(words.indexOf('It rose.'));
});

test('what is left out leaves nothing behind', async () => {
  const { text, html } = await letter({ siteTitle: 'Pencils', paragraphs: ['Words.'] });
  expect(text).toBe('Words.\n\n-- \nPencils\n');
  expect(html).not.toMatch(/<a |code on the page|<p[^>]*><\/p>/);
});

test('whatever stands in a value, it is words and never markup', async () => {
  const shape = read((await letter(whole)).html).tags;
  const value = fc.oneof(fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=y>', '</style><b>', "' onclick='x", '&lt;b&gt;', '<!--', ']]>'), fc.string({ unit: 'grapheme', minLength: 1 })).map((words) => words.replace(/[\r\n\0]/g, ' ')).filter((words) => words !== '');
  await fc.assert(
    fc.asyncProperty(value, async (words) => {
      const made = await letter({ siteTitle: words, paragraphs: [words, `${words}\n${words}`], action: { label: words, href: `https://blog.example/?q=${encodeURIComponent(words)}` }, code: words, footer: words });
      expect(read(made.html).tags).toEqual(shape);
      expect(made.text).toContain(words);
    }),
  );
});

test('it leads to the web and nowhere else', async () => {
  await expect(letter({ ...whole, action: { label: 'Go', href: 'javascript:alert(1)' } })).rejects.toThrow();
});

const items = [
  { heading: 'Ines on “Patience”', quote: 'Thank you.\n\n-- \nOpen this:\nhttps://evil.example/', notes: ['Why it waits: first comment.'], action: { label: 'Read and decide', href: 'https://blog.example/decide?token=a' } },
  { heading: 'Bo on “Patience”', quote: '<img src=x>', notes: [], action: { label: 'Read and decide', href: 'https://blog.example/decide?token=b' } },
];

test('what others wrote is told apart, line by line, from what the blog says, and each has its own thing to do', async () => {
  const { text, html } = await letter({ ...whole, code: '', items, more: 'And 3 more.' });
  expect(text).toContain(`Ines on “Patience”

> Thank you.
>
> --
> Open this:
> https://evil.example/

Why it waits: first comment.

Read and decide:
https://blog.example/decide?token=a

Bo on “Patience”

> <img src=x>

Read and decide:
https://blog.example/decide?token=b

And 3 more.

Sign in:
`);
  const { tags, attributes } = read(html);
  expect(tags.filter((tag) => tag === 'blockquote')).toHaveLength(2);
  expect(tags).not.toContain('img');
  expect(attributes.filter((attribute) => attribute.startsWith('href='))).toEqual([`href=${items[0]!.action.href}`, `href=${items[1]!.action.href}`, `href=${whole.action!.href}`]);
});

test('an item that leads nowhere on the web is a mistake of ours', async () => {
  await expect(letter({ ...whole, items: [{ ...items[0]!, action: { label: 'x', href: 'javascript:alert(1)' } }] })).rejects.toThrow();
});
