import type { QueueCard } from '@/lib/moderation/queries';
import { t } from '@/lib/words/t';
import { useDesk } from './desk-context';

type Props = { card: QueueCard; /** Nothing can be done with it as it is shown. */ isLocked: boolean };

/** Takes a card into the selection. */
export function CardSelect({ card: { id, name }, isLocked }: Props) {
  const { isSelected, select } = useDesk();
  return (
    <label className="card-select">
      <input type="checkbox" aria-label={t('moderation.card.select', { name })} disabled={isLocked} checked={!isLocked && isSelected(id)} onChange={({ target }) => select(id, target.checked)} />
    </label>
  );
}
