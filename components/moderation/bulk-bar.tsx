import { useEffect, useRef, useState, type FormEvent } from 'react';
import { actsFor, statusesIn } from '@/lib/moderation/rules';
import { ACTS, type Act, type Queue } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import { ACT_NAMES } from './act-names';
import type { Bulk } from './bulk';

/** The acts that make sense in a queue, in the order of a card's buttons. */
const actsIn = (queue: Queue): Act[] => ACTS.filter((act) => statusesIn(queue).some((status) => actsFor(status).includes(act)));

type Props = { bulk: Bulk; queue: Queue; count: Intl.NumberFormat };

/** Selects all, and does one thing with what is selected. */
export function BulkBar({ bulk, queue, count }: Props) {
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
        <span>Select all</span>
      </label>
      <label className="bulk-act">
        <span>Bulk action</span>
        <select value={decision} required onChange={({ target }) => setDecision(target.value)}>
          <option value="">Choose…</option>
          {actsIn(queue).map((act) => (
            <option key={act} value={act}>
              {ACT_NAMES[act]}
            </option>
          ))}
        </select>
      </label>
      <Button quiet>Apply</Button>
      <p className="bulk-said" role="status">
        {selection.chosen.length > 0 && !isAllMatching && `${count.format(selection.chosen.length)} selected`}
        {isAllMatching && offer && `All ${count.format(offer.total)} that match this filter are selected`}
      </p>
      {offer && !isAllMatching && (
        <Button quiet type="button" onClick={bulk.selectMatching}>
          Select all {count.format(offer.total)} that match this filter
        </Button>
      )}
    </form>
  );
}
