import { diffArrays, diffWords } from 'diff';

/** Words that stand in both texts, or in one of them. */
export type DiffPiece = { is: 'same' | 'added' | 'removed'; text: string };
/** One line of both texts that differs, or lines that are the same. */
export type DiffBlock = { is: 'changed'; pieces: DiffPiece[] } | { is: 'same'; lines: string[] };
export type TextDiff = {
  blocks: DiffBlock[];
  addedWords: number;
  removedWords: number;
  /** There is more than is shown. */
  isCut: boolean;
};

/** Two texts that differ in more lines than this are not compared line by line in full: it would take minutes. */
const LINE_EDITS_MAX = 500;
const WORD_EDITS_MAX = 400;
/** A line of more characters is shown whole, once as it was and once as it is. */
const LINE_MAX_CHARACTERS = 8_000;
const BLOCKS_MAX = 400;

type Hunk = { before: string[]; after: string[] } | { same: string[] };

/** How two texts, as lines, differ by words. Bounded: what differs in thousands of lines is shown in part. Pure. */
export function diffTexts(before: readonly string[], after: readonly string[]): TextDiff {
  const blocks: DiffBlock[] = [];
  for (const hunk of hunksOf([...before], [...after])) {
    if ('same' in hunk) blocks.push({ is: 'same', lines: hunk.same });
    else for (let at = 0; at < Math.max(hunk.before.length, hunk.after.length) && blocks.length <= BLOCKS_MAX; at += 1) blocks.push({ is: 'changed', pieces: piecesOf(hunk.before[at], hunk.after[at]) });
    if (blocks.length > BLOCKS_MAX) break;
  }
  const isCut = blocks.length > BLOCKS_MAX;
  const shown = blocks.slice(0, BLOCKS_MAX);
  const count = (is: DiffPiece['is']) => shown.flatMap((block) => (block.is === 'changed' ? block.pieces : [])).filter((piece) => piece.is === is).reduce((sum, { text }) => sum + wordsIn(text), 0);
  return { blocks: shown, addedWords: count('added'), removedWords: count('removed'), isCut };
}

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;

function hunksOf(before: string[], after: string[]): Hunk[] {
  const changes = diffArrays(before, after, { maxEditLength: LINE_EDITS_MAX });
  if (!changes) return onlyEndsAlike(before, after);
  const hunks: Hunk[] = [];
  for (const { added, removed, value } of changes) {
    const last = hunks.at(-1);
    if (!added && !removed) hunks.push({ same: value });
    else if (last && 'before' in last) (added ? last.after : last.before).push(...value);
    else hunks.push(added ? { before: [], after: [...value] } : { before: [...value], after: [] });
  }
  return hunks;
}

/** Two texts with little in common: what is alike at both ends, and the rest as one change. */
function onlyEndsAlike(before: string[], after: string[]): Hunk[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const same = (lines: string[]): Hunk[] => (lines.length > 0 ? [{ same: lines }] : []);
  return [...same(before.slice(0, head)), { before: before.slice(head, before.length - tail), after: after.slice(head, after.length - tail) }, ...same(before.slice(before.length - tail))];
}

function piecesOf(before: string | undefined, after: string | undefined): DiffPiece[] {
  const whole: DiffPiece[] = [...(before === undefined ? [] : [{ is: 'removed' as const, text: before }]), ...(after === undefined ? [] : [{ is: 'added' as const, text: after }])];
  if (before === undefined || after === undefined || before.length + after.length > 2 * LINE_MAX_CHARACTERS) return whole;
  const changes = diffWords(before, after, { maxEditLength: WORD_EDITS_MAX });
  return changes?.map(({ added, removed, value }) => ({ is: added ? 'added' : removed ? 'removed' : 'same', text: value })) ?? whole;
}
