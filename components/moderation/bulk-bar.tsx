import { useEffect, useRef, useState, type FormEvent } from 'react';
import { actsFor, statusesIn } from '@/lib/moderation/rules';
import { ACTS, type Act, type Queue } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import type { Bulk } from './bulk';

/** The acts that make sense in a queue, in the order of a card's buttons. */
const actsIn = (queue: Queue): Act[] => ACTS.filter((act) => statusesIn(queue).some((status) => actsFor(status).includes(act)));

type Props = { bulk: Bulk; queue: Queue };

/** Selects all, and does one thing with what is selected. */
export function BulkBar({ bulk, queue }: Props) {
  const { selection, offer, isAllMatching } = bulk;
  const [decision, setDecision] = useState('');
  const all = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (all.current) all.current.indeterminate = selection.isSome;
  });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const chosen = ACTS.find((act) => act === decision);
    if (chosen) bulk.apply(chosen);
  };
  return (
    <form className="bulk-bar" onSubmit={apply}>
      <label className="check">
        <input ref={all} type="checkbox" checked={selection.isAll} onChange={({ target }) => selection.setAll(target.checked)} />
        <span>{t('moderation.bulk.selectAll')}</span>
      </label>
      <label className="bulk-act">
        <span>{t('moderation.bulk.act')}</span>
        <select value={decision} required onChange={({ target }) => setDecision(target.value)}>
          <option value="">{t('moderation.bulk.choose')}</option>
          {actsIn(queue).map((act) => (
            <option key={act} value={act}>
              {t(`moderation.acts.${act}`)}
            </option>
          ))}
        </select>
      </label>
      <Button quiet>{t('moderation.bulk.apply')}</Button>
      <p className="bulk-said" role="status">
        {selection.chosen.length > 0 && !isAllMatching && t('moderation.bulk.selected', { count: selection.chosen.length })}
        {isAllMatching && offer && t('moderation.bulk.allSelected', { count: offer.total })}
      </p>
      {offer && !isAllMatching && (
        <Button quiet type="button" onClick={bulk.selectMatching}>
          {t('moderation.bulk.selectMatching', { count: offer.total })}
        </Button>
      )}
    </form>
  );
}
