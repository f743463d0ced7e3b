import { DETAIL_NAMES } from '@/lib/moderation/sentences';
import type { DetailOfPost } from '@/lib/posts/private-details';

const BEFORE_IT_IS_OUT = 'Before you publish: this text shows what you may want to keep for a few.';
const SINCE_IT_IS_OUT = 'This text shows what you may want to keep for a few.';

/** A quiet word to whoever publishes a post, about what its text shows; nothing where there is nothing. */
export function DetailsNote({ details, isPublished }: { details: readonly DetailOfPost[]; isPublished: boolean }) {
  if (details.length === 0) return null;
  return (
    <section className="details-note" aria-labelledby="details-note-title">
      <h2 id="details-note-title">A word about the text</h2>
      <p>{isPublished ? SINCE_IT_IS_OUT : BEFORE_IT_IS_OUT} If it is meant, all is well: nothing is held back.</p>
      <ul>
        {details.map(({ kind, shown, before, after }, index) => (
          <li key={index}>
            {DETAIL_NAMES[kind]}: <span className="details-note-words">{before}<strong>{shown}</strong>{after}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
