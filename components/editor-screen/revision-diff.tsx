import type { DiffBlock, DiffPiece, TextDiff } from '@/lib/posts/text-diff';
import { t } from '@/lib/words/t';

/** How a text differs from the one before it, part by part. */
export type ShownDiff = { title: TextDiff; excerpt: TextDiff; text: TextDiff; /** There is one before it. */ hasBefore: boolean };

const CONTEXT_LINES = 1;

/** A text with what was added and taken out; what stayed is folded away but for a line on each side. */
export function RevisionDiff({ diff: { title, excerpt, text, hasBefore } }: { diff: ShownDiff }) {
  const [added, removed] = [title, excerpt, text].reduce(([plus, minus], { addedWords, removedWords }) => [plus + addedWords, minus + removedWords], [0, 0]);
  return (
    <div className="diff">
      <p className="diff-sum">{hasBefore ? sumOf(added, removed, text) : t('editor.diff.first')}</p>
      <DiffPart name={t('editor.diff.title')} diff={title} />
      {excerpt.blocks.length > 0 && <DiffPart name={t('editor.diff.excerpt')} diff={excerpt} />}
      <DiffPart name={t('editor.diff.text')} diff={text} />
      {text.isCut && <p className="field-hint">{t('editor.diff.cut')}</p>}
    </div>
  );
}

function sumOf(added: number, removed: number, { blocks }: TextDiff): string {
  if (added === 0 && removed === 0) return blocks.some(({ is }) => is === 'changed') ? t('editor.diff.onlySigns') : t('editor.diff.onlyForms');
  return t('editor.diff.sum', { added, removed });
}

function DiffPart({ name, diff }: { name: string; diff: TextDiff }) {
  return (
    <section className="diff-part">
      <h3>{name}</h3>
      {diff.blocks.length === 0 && <p className="field-hint">{t('editor.diff.empty')}</p>}
      {diff.blocks.map((block, index) => <DiffLines key={index} block={block} isFirst={index === 0} isLast={index === diff.blocks.length - 1} />)}
    </section>
  );
}

function DiffLines({ block, isFirst, isLast }: { block: DiffBlock; isFirst: boolean; isLast: boolean }) {
  if (block.is === 'changed') return <p className="diff-line diff-line--changed">{block.pieces.map((piece, index) => <Piece key={index} piece={piece} />)}</p>;
  const head = isFirst && !isLast ? 0 : CONTEXT_LINES;
  const tail = isLast && !isFirst ? 0 : CONTEXT_LINES;
  const { lines } = block;
  if (lines.length <= head + tail + 1) return <Lines lines={lines} />;
  const folded = lines.slice(head, lines.length - tail);
  return (
    <>
      <Lines lines={lines.slice(0, head)} />
      <details className="diff-same">
        <summary>{t('editor.diff.same', { count: folded.length })}</summary>
        <Lines lines={folded} />
      </details>
      <Lines lines={lines.slice(lines.length - tail)} />
    </>
  );
}

const Lines = ({ lines }: { lines: readonly string[] }) => lines.map((line, index) => <p className="diff-line" key={index}>{line}</p>);

function Piece({ piece: { is, text } }: { piece: DiffPiece }) {
  if (is === 'added') return <ins>{text}</ins>;
  return is === 'removed' ? <del>{text}</del> : text;
}
