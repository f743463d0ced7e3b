import { fail, ok, type Result } from '../result';
import { cleanText } from '../text/clean';
import { z } from '../zod';
import { t } from '../words/t';
import { entryOf } from './entries';
import { LINE_MAX_CHARACTERS, LIST_MAX_LINES, RULE_NUMBERS, type EditedRules } from './rules-form';
import { Care } from './schema';

const shown = (line: string): string => [...line].slice(0, 40).join('');

/** What no keyboard types, and marks that a word cannot be told by. */
const UNSEEN = /[\u0001-\u0009\u000b-\u001f\u007f\u200b\ufeff]/g;

/** A list as it is kept: its lines without what stands around them, each once, none empty. `sameAs`: what makes two lines the same. */
const list = (sameAs: (line: string) => string) =>
  z.string().transform((typed) => {
    const lines = cleanText(typed).replace(UNSEEN, ' ').split('\n').map((line) => line.trim()).filter((line) => line !== '');
    return [...new Map(lines.map((line) => [sameAs(line), line])).values()];
  }).superRefine((lines, context) => {
    if (lines.length > LIST_MAX_LINES) context.addIssue({ code: 'custom', message: t('screening.rules.tooManyLines', { count: lines.length, max: LIST_MAX_LINES }) });
    const long = lines.find((line) => [...line].length > LINE_MAX_CHARACTERS);
    if (long !== undefined) context.addIssue({ code: 'custom', message: t('screening.rules.longLine', { line: shown(long), max: LINE_MAX_CHARACTERS }) });
  });

const phrases = list((line) => line).transform((lines) => lines.filter((line) => /[^\s"“”„]/.test(line)));

type Wrong = 'noWriter' | 'networkTrusted' | 'noEntry';

/** A list of lines each of which is good. `wrong`: why a line is not; null for a good one. */
const entries = (wrong: (line: string) => Wrong | null) =>
  list((line) => entryOf(line)?.value ?? line).superRefine((lines, context) => {
    const [bad, ...others] = lines.flatMap((line) => {
      const why = wrong(line);
      return why === null ? [] : [{ line, why }];
    });
    if (!bad) return;
    const sentence = t(`screening.rules.${bad.why}`, { line: shown(bad.line) });
    context.addIssue({ code: 'custom', message: others.length === 0 ? sentence : `${sentence} ${t('screening.rules.moreWrong', { count: others.length })}` });
  });

const number = (name: keyof typeof RULE_NUMBERS) => {
  const { min, max } = RULE_NUMBERS[name];
  const sentence = { error: () => t('screening.rules.numberWanted', { min, max }) };
  return z.string(sentence).trim().regex(/^\d{1,6}$/, sentence).transform(Number).refine((value) => value >= min && value <= max, sentence);
};

const choice = { error: () => t('screening.rules.choiceWanted') };

const rulesSchema = z.object({
  holdAll: z.enum(['on', 'off'], choice).transform((value) => value === 'on'),
  maxLinks: number('maxLinks'),
  heldWords: phrases,
  disallowedWords: phrases,
  trusted: entries((line) => {
    const kind = entryOf(line)?.kind;
    return kind === undefined ? 'noWriter' : kind === 'network' ? 'networkTrusted' : null;
  }),
  refused: entries((line) => (entryOf(line) === null ? 'noEntry' : null)),
  floodSeconds: number('floodSeconds'),
  sensitiveFloodSeconds: number('sensitiveFloodSeconds'),
  spamAbove: number('spamAbove'),
  newPostCare: z.enum(Care, choice),
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
  return fail('invalid', Object.values(fields)[0] ?? t('screening.rules.checkTyped'), { fields });
}
