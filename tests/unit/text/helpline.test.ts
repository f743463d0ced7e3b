import fc from 'fast-check';
import { expect, test } from 'vitest';
import { helplineHtml } from '@/lib/text/helpline';

const tel = (written: string, digits = written.replace(/(?!^\+)\D/g, '')) => `<a href="tel:${digits}" rel="noopener">${written}</a>`;

test.each([
  ['116 123', [['116 123', '116123']]],
  ['If you need somebody to talk to now: 0800 111 0 111, day and night.', [['0800 111 0 111', '08001110111']]],
  ['Call 988, or text HOME to 741741.', [['988', '988'], ['741741', '741741']]],
  ['In danger: 112', [['112', '112']]],
  ['Lifeline 13 11 14 (24 hours)', [['13 11 14', '131114']]],
  ['Samaritans 116 123 24/7', [['116 123', '116123']]],
  ['+49 (0)800 111-0-111', [['+49 (0)800 111-0-111', '+498001110111']]],
  ['(0800) 1110111', [['(0800) 1110111', '08001110111']]],
  ['0800/1110222.', [['0800/1110222', '08001110222']]],
  ['1-800-273-8255', [['1-800-273-8255', '18002738255']]],
  ['Between 2020 and 2026', []],
  ['2025-2026', []],
  ['on 3.12.2026 or 2026-12-03', []],
  ['from 9.00-17.30, from 09:00 to 17:00', []],
  ['more than 100 000 people, 1.000.000 in all', []],
  ['PO box 12345', []],
  ['at 3:30, in 2026: 25 of us', []],
  ['version 1.234567', []],
] as const)('the numbers of %j can be tapped', (written, numbers) => {
  const html = helplineHtml(written);
  expect([...html.matchAll(/<a [^>]*>[^<]*<\/a>/g)].map(([link]) => link)).toEqual(numbers.map(([shown, digits]) => tel(shown, digits)));
  expect(html.replace(/<[^>]+>/g, '')).toBe(written);
});

test('web addresses are links, e-mail addresses are not, and a number in an address is no telephone', () => {
  expect(helplineHtml('See www.example.org or https://example.org/116123/x?n=08001110111')).toBe(
    '<p>See <a href="http://www.example.org" rel="noopener">www.example.org</a> or <a href="https://example.org/116123/x?n=08001110111" rel="noopener">https://example.org/116123/x?n=08001110111</a></p>');
  expect(helplineHtml('help@example.org')).toBe('<p>help@example.org</p>');
});

test('lines stay lines, blank lines part paragraphs', () => {
  expect(helplineHtml('One\r\ntwo\n \n\nthree\n')).toBe('<p>One<br>two</p><p>three</p>');
  expect(helplineHtml('')).toBe('');
});

test('nothing that is typed becomes markup', () => {
  expect(helplineHtml('<img src=x onerror=alert(1)> javascript:alert(1) <a href="tel:1">a</a>')).toBe('<p>&lt;img src=x onerror=alert(1)> javascript:alert(1) &lt;a href="tel:1">a&lt;/a></p>');
  const token = fc.constantFrom('<', '>', '"', '&', 'javascript:', 'tel:', 'https://a.example/', 'www.', '+49 800 ', '116 123', '\n', '\n\n', ' ', '(', ')', '/', '.', '0', '\0', '\ud800', 'call 988 ');
  fc.assert(fc.property(fc.array(fc.oneof(token, fc.string({ unit: 'binary' })), { maxLength: 60 }), (parts) => {
    const html = helplineHtml(parts.join(''));
    for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).toMatch(/^<(?:\/?p|\/a|br|a href="(?:tel:\+?\d+|https?:[^"]*)" rel="noopener")>$/);
  }));
});

test('a thousand characters of anything take no time', () => {
  for (const one of ['1 ', '(1)', '1-', 'a@', 'www.', '+1 (2) ', 'call 1', ': 1']) {
    const from = performance.now();
    helplineHtml(one.repeat(1000).slice(0, 1000));
    expect(performance.now() - from).toBeLessThan(200);
  }
});
