import { rulesetOf, type Ruleset } from '../../lib/moderation/ruleset';
import { SCREENING_DEFAULTS } from '../../lib/moderation/schema';
import { NOTHING_NOTICED, screen, STRANGER } from '../../lib/moderation/screening';
import { featuresOf } from '../../lib/moderation/spam-features';
import { scoreOf, type Knowledge } from '../../lib/moderation/spam-score';
import { commentHtml, readLinks } from '../../lib/text/comment-text';
import { plainText } from '../../lib/text/plain';
import { detailKindsIn } from '../../lib/text/private-details';
import type { SafeHtml } from '../../lib/text/safe-html';
import { type Measure, type Pace, type Row, times } from './measure';
import { median } from './statistics';

const PHRASES = 60_000;
const ROUNDS = 5;
const COMMENTS = 200;
const LONGEST_CHARACTERS = 65_000;
const NOTHING_LEARNED: Knowledge = { learned: new Map(), gauge: null };

const USUAL = [
  'Thank you for writing this. Our son is four and he also cries every morning at the kindergarten door; it helps to read that we are not the only ones.',
  'We tried the sticker chart for three weeks. What worked in the end was going to bed ten minutes earlier, and a story. https://www.nhs.uk/conditions/sleep/ has more.',
  'I disagree with the second point. **Children need boundaries**, but I do not think that taking away a toy teaches them anything.\n\nWe talk about it at supper, and mostly that is enough.',
];
const longest = (): string => Array.from({ length: Math.ceil(LONGEST_CHARACTERS / 8) }, (_, at) => `word${(at % 3_000).toString(36)}`).join(' ').slice(0, LONGEST_CHARACTERS);

type Comment = { source: string; html: SafeHtml };

/** All that screening computes of a comment whose HTML is made, without the database. */
function screenOne({ source, html }: Comment, rules: Ruleset): void {
  const { hosts, share } = readLinks(html);
  const written = { name: 'A reader', email: 'reader@example.com', website: '', text: plainText(html), linkHosts: hosts, linkShare: share };
  const spam = scoreOf(featuresOf(written), NOTHING_LEARNED);
  screen({ ...written, source, ip: '192.0.2.1', care: 'open', noticed: { ...NOTHING_NOTICED, spam, details: detailKindsIn(source) } }, STRANGER, rules);
}

/** Microseconds of processor time for one of `count`. */
function cpuOf(count: number, work: (index: number) => void): number {
  const begun = process.cpuUsage();
  for (let index = 0; index < count; index++) work(index);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / count;
}

function readings(sources: readonly string[], rules: Ruleset, count: number, pace: Pace) {
  const comments = sources.map((source) => ({ source, html: commentHtml(source, 'markdown') }));
  const nth = <T>(all: readonly T[], index: number): T => all[index % all.length] as T;
  const rounds = Array.from({ length: times(ROUNDS, pace) + 1 }, () => ({
    html: cpuOf(count, (index) => void commentHtml(nth(sources, index), 'markdown')),
    screening: cpuOf(count, (index) => screenOne(nth(comments, index), rules)),
    phrases: cpuOf(count, (index) => void rules.held.find([nth(sources, index), nth(comments, index).html])),
  })).slice(1); // the first warms up
  const of = (what: 'html' | 'screening' | 'phrases') => median(rounds.map((round) => round[what]));
  return { html: of('html'), screening: of('screening'), phrases: of('phrases') };
}

async function run(_world: unknown, pace: Pace): Promise<Row[]> {
  const rules = rulesetOf({ ...SCREENING_DEFAULTS, heldWords: Array.from({ length: PHRASES }, (_, at) => `unwanted phrase ${at.toString(36)}`) });
  const usual = readings(USUAL, rules, COMMENTS, pace);
  const long = readings([longest()], rules, 3, pace);
  const raw = {
    'usual comment: making its HTML': `${Math.round(usual.html)} µs`, 'usual comment: screening it': `${Math.round(usual.screening)} µs`, 'usual comment: looking for the phrases': `${Math.round(usual.phrases)} µs`,
    '65,000 characters: making their HTML': `${Math.round(long.html)} µs`, '65,000 characters: screening them': `${Math.round(long.screening)} µs`, '65,000 characters: looking for the phrases': `${Math.round(long.phrases)} µs`,
  };
  return [
    { what: 'CPU per comment: all of screening, 60,000 phrases, against making the comment’s HTML', bound: { atMost: 2, unit: '×' }, value: usual.screening / usual.html, raw },
    { what: 'the same of 65,000 characters', bound: { atMost: 2, unit: '×' }, value: long.screening / long.html, raw },
    { what: 'CPU per comment: looking for 60,000 phrases', bound: { under: 1, unit: 'ms' }, value: usual.phrases / 1_000, raw },
  ];
}

export const screeningCost: Measure = {
  name: 'screening',
  how: `Processor time (\`process.cpuUsage\`) of all that screening computes of a stranger’s comment without the database: reading its links and its words, the signs of the spam score and the score, every check by rules with ${PHRASES.toLocaleString('en')} held phrases. Of three usual comments, ${COMMENTS} times a round, and of one of 65,000 characters; the median of ${ROUNDS} rounds after one that warms up. The measure is \`commentHtml\` of the same comments in the same run, which each submission pays anyway.`,
  run,
};
