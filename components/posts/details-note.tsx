import { detailName } from '@/lib/moderation/sentences';
import type { DetailOfPost } from '@/lib/posts/private-details';
import { t } from '@/lib/words/t';

/** A quiet word to whoever publishes a post, about what its text shows; nothing where there is nothing. */
export function DetailsNote({ details, isPublished }: { details: readonly DetailOfPost[]; isPublished: boolean }) {
  if (details.length === 0) return null;
  return (
    <section className="details-note" aria-labelledby="details-note-title">
      <h2 id="details-note-title">{t('posts.details.heading')}</h2>
      <p>{t(isPublished ? 'posts.details.sinceOut' : 'posts.details.beforeOut')}</p>
      <ul>
        {details.map(({ kind, shown, before, after }, index) => (
          <li key={index}>
            {detailName(kind)}: <span className="details-note-words">{before}<strong>{shown}</strong>{after}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
