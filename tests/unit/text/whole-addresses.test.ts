import { expect, test } from 'vitest';
import { storedHtml } from '@/lib/text/safe-html';
import { withWholeAddresses } from '@/lib/text/whole-addresses';

const whole = (html: string) => withWholeAddresses(storedHtml(html), 'https://blog.example/posts/cups');

test.each([
  ['<a href="/posts/other">x</a>', '<a href="https://blog.example/posts/other">x</a>'],
  ['<a href="#user-content-note">x</a>', '<a href="https://blog.example/posts/cups#user-content-note">x</a>'],
  ['<img src="/media/a.jpg" srcset="/media/a.jpg 1x, /media/b.jpg 2x" alt="">', '<img src="https://blog.example/media/a.jpg" srcset="https://blog.example/media/a.jpg 1x, https://blog.example/media/b.jpg 2x" alt="">'],
  ['<video src="/media/a.mp4" poster="/media/a.jpg"></video>', '<video src="https://blog.example/media/a.mp4" poster="https://blog.example/media/a.jpg"></video>'],
  ['<a href="https://other.example/x?a=1&#x26;b=2">x</a>', '<a href="https://other.example/x?a=1&#x26;b=2">x</a>'],
  ['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
  ['<a href="//other.example/x">x</a>', '<a href="//other.example/x">x</a>'],
  ['<a href="https://[">x</a>', '<a href="https://[">x</a>'],
  ['<p>1 &lt; 2</p>', '<p>1 &lt; 2</p>'],
])('%s is %s elsewhere', (html, expected) => {
  expect(whole(html).replaceAll('&amp;', '&#x26;')).toBe(expected);
});
