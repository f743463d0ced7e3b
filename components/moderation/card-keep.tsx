import type { QueueCard } from '@/lib/moderation/queries';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

type Props = { card: Pick<QueueCard, 'id' | 'revision' | 'status' | 'reports'>; act: (form: FormData) => void; isPending: boolean };

/** The word that a published comment stays which readers report. */
export function CardKeep({ card: { id, revision, status, reports }, act, isPending }: Props) {
  if (!reports || status !== 'approved') return null;
  return (
    <form action={act} className="card-acts">
      <input type="hidden" name="comment" value={id} />
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="seenStatus" value={status} />
      <Button quiet name="keep" value="1" disabled={isPending}>{t('moderation.card.keep')}</Button>
    </form>
  );
}
