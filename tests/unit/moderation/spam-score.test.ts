import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { featuresOf, hashOf, MAX_FEATURES, type SpamText } from '@/lib/moderation/spam-features';
import { gaugeOf, learn, scoreOf, strengthOf, TOTALS, type Knowledge, type Sample, type SpamLabel, type Tally } from '@/lib/moderation/spam-score';
import { START } from '@/lib/moderation/spam-start';
import { commentHtml, readLinks } from '@/lib/text/comment-text';
import { plainText } from '@/lib/text/plain';

const nothing = (): Knowledge => ({ learned: new Map(), gauge: null });

/** A comment as the box takes it. */
function written(source: string, more: Partial<SpamText> = {}): SpamText {
  const html = commentHtml(source, 'markdown');
  const { hosts, share } = readLinks(html);
  return { name: '', email: '', website: '', text: plainText(html), linkHosts: hosts, linkShare: share, ...more };
}

const scored = (source: string, more: Partial<SpamText> = {}, knowledge = nothing()) => scoreOf(featuresOf(written(source, more)), knowledge);
const keysOf = (source: string, more: Partial<SpamText> = {}) => featuresOf(written(source, more)).map(({ key }) => key);

describe('a blog that has decided nothing', () => {
  test.each([
    ['Play the best online casino, free spins and a huge bonus for every new player: http://spin-casino.top', 'Casino Bonus'],
    ['Buy viagra and cialis online, cheap pills without prescription, fast delivery http://cheap-pills.ru', 'Pharmacy'],
    ['I was scammed until I met a trader. I invested $900 in bitcoin and made a profit of $9,000, contact him on Telegram or WhatsApp', 'Jenny'],
    ['We offer cheap SEO services, quality backlinks and more traffic for your website. Contact us for a free quote.', 'SEO Services'],
    ['Do you need an urgent loan at a low interest rate without credit check? Apply now, contact us by WhatsApp.', 'Mr Loan'],
    ['This great spell caster brought back my husband in two days, contact him on WhatsApp', 'Grace'],
    ['Online Casino Bonus ohne Einzahlung, 50 Freispiele, jetzt kostenlos spielen http://casino-gratis.xyz', 'Bonus'],
  ])('suspects %s', (source, name) => {
    expect(scored(source, { name }).score).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    ['Thank you so much for this, I cried. My son is the same age and we have had a hard winter.', 'Maria'],
    ['Please send me new comments by e-mail. How can I subscribe?', 'Ute'],
    ['The paediatrician gave us amoxicillin and an inhaler. The dose was 5 ml twice a day; ask your pharmacy or call 111.', 'Joan'],
    ['The NHS page explains it well: https://www.nhs.uk/conditions/chickenpox/', 'Tim'],
    ['Sertraline and therapy got me through postnatal depression. You are not alone.', 'Rosie'],
    ['We paid 40 pounds for a used pram and it was worth it.', 'Alan'],
    ['I disagree, but well written.', 'Bob'],
    ['Love this!', 'Kim'],
    ['Wir haben das Rezept ausprobiert, die Kinder waren begeistert. Danke!', 'Heike'],
    ['Merci, ma fille a eu la même chose à trois ans.', 'Anne'],
    ['I work from home too, and the school run takes an hour each day. How do others do it?', 'Priya'],
  ])('does not suspect %s', (source, name) => {
    expect(scored(source, { name }).score).toBeLessThan(0.5);
  });

  test('takes its own start set for what it is, but for little', () => {
    const wrong = START.filter(({ label, comment }) => (scoreOf(featuresOf(comment), nothing()).score >= 0.5) !== (label === 'spam'));
    expect(wrong.filter(({ label }) => label === 'ham')).toEqual([]);
    expect(wrong.length).toBeLessThan(START.length / 20);
  });
});

describe('the explanation', () => {
  test('names the words and links that speak for spam, at most three, the strongest first', () => {
    const { because } = scored('Online casino bonus, play now http://lucky-spin.top', { name: 'Best Casino' });
    expect(because).toHaveLength(3);
    expect(because.join()).toMatch(/casino|bonus|\.top/);
  });

  test('never names an address, nor the domain behind its @', () => {
    for (let times = 0; times < 3; times++) {
      const learned: Tally = new Map();
      const ids = featuresOf(written('write to anna@secret-place.example', { email: 'anna@her-own.example' })).map(({ id }) => id);
      for (let at = 0; at < 9; at++) learn(learned, ids, 'spam');
      const { because } = scoreOf(featuresOf(written('A word.', { email: 'anna@her-own.example' })), { learned, gauge: null });
      expect(because.join()).not.toMatch(/@|her-own/);
    }
  });

  test('is there whenever it looks like spam', () => {
    fc.assert(fc.property(fc.lorem({ maxCount: 30 }), fc.string(), (source, name) => {
      const { score, because } = scored(source, { name });
      expect(score < 0.5 || because.length > 0).toBe(true);
    }), { numRuns: 100 });
  });
});

describe('the signs of a comment', () => {
  test('are words, pairs, hosts and shapes, each once', () => {
    const keys = keysOf('BUY cheap, buy cheap: https://www.Shop.example/now', { name: 'Cheap Shop', website: 'https://shop.example' });
    expect(keys).toEqual(expect.arrayContaining(['w buy', 'w cheap', 'p buy cheap', 'host shop.example', 'ending .example', 'links 1', 'n cheap', 'site shop.example', 'website']));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([['Ｂｕｙ ＮＯＷ', 'buy now'], ['búy nöw', 'buy now'], ['𝗯𝘂𝘆 𝗻𝗼𝘄', 'buy now'], ['b.u.y n.o w', 'buynow']])('see through %s', (source, folded) => {
    const keys = keysOf(source);
    for (const word of folded.split(' ')) expect(keys).toContain(`w ${word}`);
  });

  test('are bounded, whatever the text', () => {
    const long = Array.from({ length: 12_000 }, (_, at) => `word${at.toString(36)}`).join(' ');
    expect(featuresOf({ name: long, email: `a@${long}`, website: `http://${long}`, text: long, linkHosts: Array.from({ length: 5_000 }, (_, at) => `h${at}.example`), linkShare: 1 }).length).toBeLessThanOrEqual(MAX_FEATURES);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary' }), (text, name) => {
      for (const { id } of featuresOf(written(text, { name }))) expect(Number.isSafeInteger(id)).toBe(true);
    }), { numRuns: 200 });
  });

  test('have numbers of their own, that stay the same for good', () => {
    expect(hashOf('w casino')).toBe(hashOf(['w', 'casino'].join(' ')));
    const keys = START.flatMap(({ comment }) => featuresOf(comment).map(({ key }) => key));
    expect(new Set(keys.map(hashOf)).size).toBe(new Set(keys).size);
    expect(keys.map(hashOf)).not.toContain(TOTALS);
  });
});

const lesson = fc.record({ ids: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), label: fc.constantFrom<SpamLabel>('spam', 'ham') });
const rowsOf = (tally: Tally) => [...tally].sort(([a], [b]) => a - b);

describe('learning', () => {
  test('and unlearning the same is nothing', () => {
    fc.assert(fc.property(fc.array(lesson), lesson, (before, one) => {
      const tally: Tally = new Map();
      for (const { ids, label } of before) learn(tally, ids, label);
      const was = structuredClone(rowsOf(tally));
      learn(tally, one.ids, one.label);
      learn(tally, one.ids, one.label, -1);
      expect(rowsOf(tally)).toEqual(was);
    }));
  });

  test('comes to the same in any order, and so does the score', () => {
    fc.assert(fc.property(fc.array(lesson, { minLength: 1, maxLength: 20 }), (lessons) => {
      const [forth, back]: [Tally, Tally] = [new Map(), new Map()];
      for (const { ids, label } of lessons) learn(forth, ids, label);
      for (const { ids, label } of [...lessons].reverse()) learn(back, [...ids].reverse(), label);
      expect(rowsOf(forth)).toEqual(rowsOf(back));
      const ids = lessons[0]!.ids;
      expect(strengthOf(ids, forth)).toBeCloseTo(strengthOf([...ids].reverse(), back), 10);
    }));
  });

  test('a sign that is learned as spam once more never makes a comment that has it look better', () => {
    fc.assert(fc.property(fc.array(lesson, { minLength: 4, maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (lessons, sign) => {
      const tally: Tally = new Map([[TOTALS, { spam: 50, ham: 50 }]]);
      for (const { ids, label } of lessons) learn(tally, ids, label);
      const before = strengthOf([sign], tally);
      const count = tally.get(sign) ?? { spam: 0, ham: 0 };
      tally.set(sign, { ...count, spam: count.spam + 1 });
      expect(strengthOf([sign], tally)).toBeGreaterThanOrEqual(before);
    }));
  });

  test('outweighs the start set', () => {
    const learned: Tally = new Map();
    for (let at = 0; at < 40; at++) {
      learn(learned, featuresOf(written(`Our poker evening, round ${at}: who brings the cards?`)).map(({ id }) => id), 'ham');
      learn(learned, featuresOf(written(`Ladders and scaffolds, offer ${at}`)).map(({ id }) => id), 'spam');
    }
    expect(scored('Our poker evening was fun', {}, { learned, gauge: null }).score).toBeLessThan(0.1);
    expect(scored('Scaffolds and ladders, a new offer', {}, { learned, gauge: null }).score).toBeGreaterThan(0.5);
  });
});

describe('the gauge', () => {
  const samples = (label: SpamLabel, ...strengths: number[]): Sample[] => strengths.map((strength) => ({ strength, label, weight: 1 }));
  const ham = samples('ham', -3, -2, -2, -1, -1, 0, 0, 0.5, 1, 1);

  test('lies between what is good and what is spam', () => {
    const gauge = gaugeOf([...ham, ...samples('spam', 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)]);
    expect(gauge!.hold).toBeGreaterThan(1);
    expect(gauge!.hold).toBeLessThanOrEqual(7);
    expect(gauge!.sort).toBeGreaterThan(gauge!.hold);
  });

  test('rises where good comments look like spam', () => {
    const spam = samples('spam', ...Array.from({ length: 60 }, (_, at) => 2 + at / 10));
    const clear = gaugeOf([...ham, ...spam])!;
    expect(gaugeOf([...ham, ...spam, ...samples('ham', 3, 3.2, 3.4)])!.hold).toBeGreaterThan(clear.hold);
  });

  test('is none with too few lessons of either kind', () => {
    expect(gaugeOf([...ham, ...samples('spam', 5, 5, 5)])).toBeNull();
    expect(gaugeOf([])).toBeNull();
  });
});
