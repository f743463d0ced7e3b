import { listed } from '../words/listed';
import { t } from '../words/t';
import type { CommentStatus, HeldRule, Reason, ScreeningRules } from './schema';

/** The lists of the rules, one entry a line. */
export const RULE_LISTS = ['disallowedWords', 'refused', 'heldWords', 'trusted'] as const satisfies readonly (keyof ScreeningRules)[];
export type RuleList = (typeof RULE_LISTS)[number];

/** The rules that are a number, and from where to where each goes. `spamAbove` 100 and the others' 0: never. */
export const RULE_NUMBERS = {
  maxLinks: { min: 0, max: 100 },
  spamAbove: { min: 50, max: 100 },
  floodSeconds: { min: 0, max: 3600 },
  sensitiveFloodSeconds: { min: 0, max: 86_400 },
  sensitiveDays: { min: 0, max: 365 },
  closeAfterDays: { min: 0, max: 3650 },
} as const satisfies Partial<Record<keyof EditedRules, { min: number; max: number }>>;
export type RuleNumber = keyof typeof RULE_NUMBERS;

/** All that the page of rules sets: how comments are screened, and after how many days they close. */
export type EditedRules = ScreeningRules & { closeAfterDays: number };
export type RuleField = keyof EditedRules;
export const RULE_FIELDS = [...RULE_LISTS, 'maxLinks', 'spamAbove', 'floodSeconds', 'sensitiveFloodSeconds', 'sensitiveDays', 'closeAfterDays', 'holdAll', 'newPostCare'] as const satisfies readonly RuleField[];

export const LIST_MAX_LINES = 100_000;
export const LINE_MAX_CHARACTERS = 200;
/** A longer list is not sent with the page; it is fetched when somebody wants to change it. */
export const LONG_LIST_LINES = 2_000;
/** What is more than this is tried when somebody asks, and not at every key. */
export const TRIED_AT_ONCE_CHARACTERS = 100_000;
/** More than this the blog does not take at once; the gate's own limit stands a little above it. */
export const RULES_MAX_BYTES = 4_000_000;
/** So many comments, the newest, a change of the rules is tried on; of those that it changes so many are listed. */
export const TRIED_COMMENTS = 200;
export const LISTED_COMMENTS = 50;

/** The form of the rules between two requests. `version`: of the rules as they are now, where that is known. */
export type RulesState = { done: string | null; message: string | null; fields: Partial<Record<RuleField, string>>; version: number | null };
export const NOTHING_SAVED: RulesState = { done: null, message: null, fields: {}, version: null };

/** What a change of the rules would have done to a comment. `waits`: it lies in Spam or Trash by the rules of now, and would not. */
export const FATES = ['held', 'spam', 'trash', 'let-through', 'waits'] as const;
export type Fate = (typeof FATES)[number];

/** A comment that a change of the rules would have treated otherwise. */
export type TriedComment = { id: string; name: string; status: CommentStatus; createdAt: string; post: string; beginning: string; fate: Fate; reasons: Reason[] };

/** How many of the comments each rule decides. */
export type Deciding = Partial<Record<HeldRule, number>>;

/** What a change of the rules would have done to the last `of` comments. `listed`: the newest of those that it changes. */
export type Tried = { of: number; fates: Record<Fate, number>; listed: TriedComment[]; saved: Deciding; edited: Deciding };

/** The answer to somebody who tries a change: what it would have done, or why it cannot be tried. */
export type TryAnswer = { ok: true; tried: Tried } | { ok: false; message: string };

const tried = (of: number) => ({ of, isAll: of < TRIED_COMMENTS ? 'yes' : 'no' });

/** What a change of the rules would have done, in one sentence: `Of your last 200 comments this would have held 7.` */
export function sentenceOfTry({ of, fates }: Pick<Tried, 'of' | 'fates'>): string {
  if (of === 0) return t('screening.tried.nobody');
  const parts = FATES.filter((fate) => fates[fate] > 0).map((fate) => t(`screening.fate.${fate}`, { count: fates[fate] }));
  return parts.length === 0 ? t('screening.tried.unchanged', tried(of)) : t('screening.tried.changed', { ...tried(of), fates: listed(parts) });
}

/** How many comments a rule decides, in words: `Decides 7 of your last 200 comments` */
export const decidesWords = (count: number, of: number): string => t('screening.tried.decides', { count, ...tried(of) });
