import { Button } from '@/components/ui/button';
import type { ShownDetail } from '@/lib/comments/box';
import { detailName } from '@/lib/moderation/sentences';
import { t } from '@/lib/words/t';

const Shown = ({ detail: { kind, shown } }: { detail: ShownDetail }) => (
  <>
    {detailName(kind)}: <strong>{shown}</strong>
  </>
);

/** What a writer is told once, before a text that shows private details is posted. Stands inside the form of the box. */
export function WordBefore({ details }: { details: readonly ShownDetail[] }) {
  const [first, ...more] = details;
  return (
    <div className="box-word" role="group" aria-labelledby="box-word-title" aria-describedby="box-word-said" tabIndex={-1} autoFocus data-word-before>
      <h3 id="box-word-title">{t('comments.wordBefore.heading')}</h3>
      <div id="box-word-said">
        <p>
          {first && more.length === 0 ? t.rich('comments.wordBefore.one', { detail: () => <Shown detail={first} /> }) : t('comments.wordBefore.several')}
        </p>
        {more.length > 0 && (
          <ul>
            {details.map((detail) => (
              <li key={`${detail.kind} ${detail.shown}`}>
                <Shown detail={detail} />
              </li>
            ))}
          </ul>
        )}
        <p>{t('comments.wordBefore.choice')}</p>
      </div>
      <div className="box-word-acts">
        <Button name="intent" value="take-out">
          {t('comments.wordBefore.takeOut')}
        </Button>
        <Button quiet name="intent" value="post">
          {t('comments.wordBefore.post')}
        </Button>
      </div>
    </div>
  );
}

/** That it was taken out, and that nothing is posted yet. */
export const TakenOut = () => (
  <p className="box-word box-word--done" role="status" data-taken-out>
    {t('comments.wordBefore.takenOut')}
  </p>
);
