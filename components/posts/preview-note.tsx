import { t } from '@/lib/words/t';

/** Says above a post that it is seen before its time. `isOut`: readers have it already, perhaps otherwise. */
export function PreviewNote({ isOut }: { isOut: boolean }) {
  return (
    <p className="notice preview-note" role="note">
      {t(isOut ? 'posts.preview.ofChanges' : 'posts.preview.ofNew')}
    </p>
  );
}
