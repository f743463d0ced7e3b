import { Button } from '@/components/ui/button';
import type { ShownDetail } from '@/lib/comments/box';
import { DETAIL_NAMES } from '@/lib/moderation/sentences';

const Shown = ({ detail: { kind, shown } }: { detail: ShownDetail }) => (
  <>
    {DETAIL_NAMES[kind]}: <strong>{shown}</strong>
  </>
);

/** What a writer is told once, before a text that shows private details is posted. Stands inside the form of the box. */
export function WordBefore({ details }: { details: readonly ShownDetail[] }) {
  const [first, ...more] = details;
  return (
    <div className="box-word" role="group" aria-labelledby="box-word-title" aria-describedby="box-word-said" tabIndex={-1} autoFocus data-word-before>
      <h3 id="box-word-title">A word before you post</h3>
      <div id="box-word-said">
        <p>
          Everyone can read this. Your comment shows {first && more.length === 0 ? <Shown detail={first} /> : 'what is better kept for a few'}
          {more.length === 0 ? '.' : ':'}
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
        <p>You can have it taken out and look at your text again, or post it as it is.</p>
      </div>
      <div className="box-word-acts">
        <Button name="intent" value="take-out">
          Take it out
        </Button>
        <Button quiet name="intent" value="post">
          Post it as it is
        </Button>
      </div>
    </div>
  );
}

/** That it was taken out, and that nothing is posted yet. */
export const TakenOut = () => (
  <p className="box-word box-word--done" role="status" data-taken-out>
    It is taken out. Please read your text once more, then post it.
  </p>
);
