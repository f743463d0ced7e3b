import { expect, test } from 'vitest';
import { plainLines } from '../../../lib/text/plain-lines';

test.each([
  ['<p>One <em>two</em>.</p><p>Three.</p>', ['One two.', 'Three.']],
  ['<h2>Head</h2><ul><li>a</li><li>b</li></ul>', ['Head', 'a', 'b']],
  ['<blockquote><p>Said.</p></blockquote>', ['Said.']],
  ['<p>One<br>two</p>', ['One', 'two']],
  ['<p>A &amp; B&nbsp;C</p>', ['A & B C']],
  ['<figure><img src="/media/aa.jpg" alt="Rain on a window"><figcaption>Tuesday</figcaption></figure>', ['[picture: Rain on a window]', 'Tuesday']],
  ['<p>Before <img src="https://x.example/a/b.png?w=3"> after</p>', ['Before [picture: b.png] after']],
  ['<table><tr><td>a</td><td>b</td></tr></table>', ['a', 'b']],
  ['<script>alert(1)</script><p>Seen</p>', ['Seen']],
  ['', []],
  ['<p> </p>', []],
  ['bare words', ['bare words']],
])('%s is read as %j', (html, lines) => {
  expect(plainLines(html)).toEqual(lines);
});
