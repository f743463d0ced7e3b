'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { UndoneJob } from '@/lib/notifications/queries';
import { NOTHING_AGAIN } from '@/lib/notifications/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { AgainOutcome, type Again } from './send-again-form';

type Props = { jobs: UndoneJob[]; site: SiteLocale; action: Again };

/** What was tried often and given up, each with a way to try it again. */
export function UndoneJobsForm({ jobs, site, action }: Props) {
  const [state, again, isPending] = useActionState(action, NOTHING_AGAIN);
  if (jobs.length === 0 && !state.done && !state.message) return null;
  return (
    <section className="outbox-undone" aria-labelledby="outbox-undone">
      <h2 id="outbox-undone">{t('notifications.again.heading')}</h2>
      {jobs.length > 0 && <p>{t('notifications.again.about')}</p>}
      {jobs.length > 0 && (
        <ul aria-labelledby="outbox-undone">
          {jobs.map(({ id, name, at }) => (
            <li key={id}>
              <p id={`undone-${id}`}><strong>{t(`notifications.jobs.${name}`)}</strong> <small>{t.rich('notifications.again.givenUpOn', { time: () => <Time at={at} site={site} withClock /> })}</small></p>
              <form action={again}>
                <input type="hidden" name="job" value={id} />
                <Button quiet busy={isPending} aria-describedby={`undone-${id}`}>{t('notifications.again.tryIt')}</Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <div className="again"><AgainOutcome state={state} /></div>
    </section>
  );
}
