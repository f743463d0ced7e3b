import type { QueueCard } from '@/lib/moderation/queries';
import { useDesk } from './desk-context';

/** Takes a card into the selection. */
export function CardSelect({ card: { id, name } }: { card: QueueCard }) {
  const { isSelected, select } = useDesk();
  return (
    <label className="card-select">
      <input type="checkbox" aria-label={`Select comment by ${name}`} checked={isSelected(id)} onChange={({ target }) => select(id, target.checked)} />
    </label>
  );
}
