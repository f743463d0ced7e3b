import { fail, ok, type Result } from '../result';
import { cleanText } from '../text/clean';
import { z } from '../zod';
import { entryOf } from './entries';
import { LINE_MAX_CHARACTERS, LIST_MAX_LINES, RULE_NUMBERS, type EditedRules } from './rules-form';
import { Care } from './schema';

const count = new Intl.NumberFormat('en-GB').format;
const shown = (line: string): string => `“${[...line].slice(0, 40).join('')}”`;

/** What no keyboard types, and marks that a word cannot be told by. */
const UNSEEN = /[\u0001-\u0009\u000b-\u001f\u007f\u200b\ufeff]/g;

/** A list as it is kept: its lines without what stands around them, each once, none empty. `sameAs`: what makes two lines the same. */
const list = (sameAs: (line: string) => string) =>
  z.string().transform((typed) => {
    const lines = cleanText(typed).replace(UNSEEN, ' ').split('\n').map((line) => line.trim()).filter((line) => line !== '');
    return [...new Map(lines.map((line) => [sameAs(line), line])).values()];
  }).superRefine((lines, context) => {
    if (lines.length > LIST_MAX_LINES) context.addIssue({ code: 'custom', message: `These are ${count(lines.length)} lines. A list has at most ${count(LIST_MAX_LINES)}.` });
    const long = lines.find((line) => [...line].length > LINE_MAX_CHARACTERS);
    if (long !== undefined) context.addIssue({ code: 'custom', message: `${shown(long)}… is too long: a line has at most ${LINE_MAX_CHARACTERS} characters.` });
  });

const phrases = list((line) => line).transform((lines) => lines.filter((line) => /[^\s"“”„]/.test(line)));

/** A list of lines each of which is good. `wrong`: why a line is not, as the end of a sentence; null for a good one. */
const entries = (wrong: (line: string) => string | null) =>
  list((line) => entryOf(line)?.value ?? line).superRefine((lines, context) => {
    const bad = lines.filter((line) => wrong(line) !== null);
    const more = bad.length > 1 ? ` ${bad.length === 2 ? 'One more line is' : `${count(bad.length - 1)} more lines are`} not right either.` : '';
    if (bad[0] !== undefined) context.addIssue({ code: 'custom', message: `${shown(bad[0])} ${wrong(bad[0])}${more}` });
  });

const number = (name: keyof typeof RULE_NUMBERS) => {
  const { min, max } = RULE_NUMBERS[name];
  const sentence = `Please enter a whole number from ${min} to ${count(max)}.`;
  return z.string(sentence).trim().regex(/^\d{1,6}$/, sentence).transform(Number).refine((value) => value >= min && value <= max, sentence);
};

const rulesSchema = z.object({
  holdAll: z.enum(['on', 'off'], 'Please choose one of those offered.').transform((value) => value === 'on'),
  maxLinks: number('maxLinks'),
  heldWords: phrases,
  disallowedWords: phrases,
  trusted: entries((line) => {
    const kind = entryOf(line)?.kind;
    return kind === undefined ? 'is no e-mail address and no domain.' : kind === 'network' ? 'is an address on the network: many people may write from there, so nobody is trusted by it.' : null;
  }),
  refused: entries((line) => (entryOf(line) === null ? 'is no e-mail address, no domain and no address on the network.' : null)),
  floodSeconds: number('floodSeconds'),
  sensitiveFloodSeconds: number('sensitiveFloodSeconds'),
  spamAbove: number('spamAbove'),
  newPostCare: z.enum(Care, 'Please choose one of those offered.'),
  sensitiveDays: number('sensitiveDays'),
  closeAfterDays: number('closeAfterDays'),
}).partial();

/**
 * Reads the rules as they were typed; what is not there is not changed. Lists lose blank and double lines and what stands
 * around a line. Refuses: `invalid` with a sentence for each field.
 */
export function readRules(typed: Record<string, unknown>): Result<Partial<EditedRules>> {
  const read = rulesSchema.safeParse(typed);
  if (read.success) return ok(read.data);
  const fields: Record<string, string> = {};
  for (const issue of read.error.issues) fields[String(issue.path[0])] ??= issue.message;
  return fail('invalid', Object.values(fields)[0] ?? 'Please check what you have typed.', { fields });
}
