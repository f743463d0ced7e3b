import { afterEach, expect, test } from 'vitest';
import { sentenceFor } from '@/lib/moderation/sentences';
import { keptSign, signWords, type Sign } from '@/lib/moderation/spam-signs';
import { en } from '@/lib/words/en';
import { speak } from '@/lib/words/languages';

afterEach(() => speak('en'));

const SIGNS = Object.keys(en.screening.sign) as Sign[];
const NAMED: Partial<Record<Sign, string>> = {
  share: '34', links: '12', number: '1', word: 'are links', pair: 'the … word', linkWord: 'links', nameWord: 'best', linkEnding: '.top', linkHost: 'an.example', siteEnding: '.top', siteHost: 'of.example',
};

test.each(SIGNS)('the sign “%s” is kept in English, and said in the blog’s language', (sign) => {
  const kept = keptSign(sign, NAMED[sign]);
  expect(signWords(kept)).toBe(kept);
  speak('es');
  const said = signWords(kept);
  expect(said).not.toBe(kept);
  expect(keptSign(sign, NAMED[sign])).toBe(kept);
  if (sign !== 'number') expect(said).toContain(NAMED[sign] ?? '');
});

test('what was kept in words that nobody knows is said as it stands', () => {
  expect(sentenceFor({ rule: 'spam-score', score: 1, because: ['the word “pills”', 'something of old'] })).toBe('Looks like spam: the word “pills”, something of old.');
  speak('es');
  expect(sentenceFor({ rule: 'spam-score', score: 1, because: ['the word “pills”', 'something of old'] })).toBe('Parece spam: la palabra «pills», something of old.');
});
