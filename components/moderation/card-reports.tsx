import type { QueueCard } from '@/lib/moderation/queries';
import { REPORT_NAMES } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';

type Props = { card: QueueCard; site: SiteLocale; act: (form: FormData) => void; isPending: boolean };

/** What readers say of a comment; of one that is published, the word that it stays. */
export function CardReports({ card, site, act, isPending }: Props) {
  const { readers, said } = card.reports;
  if (said.length === 0) return null;
  return (
    <section className="card-reports" aria-labelledby={`card-${card.id}-reports`}>
      <h3 id={`card-${card.id}-reports`}>{readers === 0 ? 'Reported before' : readers === 1 ? 'A reader reports this' : `${readers} readers report this`}</h3>
      <ul>
        {said.map(({ reason, words, createdAt, isOpen }, index) => (
          <li key={index}>
            {REPORT_NAMES[reason]} <span className="card-reports-when">(<Time at={createdAt} site={site} />{!isOpen && ', answered'})</span>
            {words && <q>{words}</q>}
          </li>
        ))}
      </ul>
      {readers > 0 && card.status === 'approved' && (
        <form action={act}>
          <input type="hidden" name="comment" value={card.id} />
          <input type="hidden" name="revision" value={card.revision} />
          <input type="hidden" name="seenStatus" value={card.status} />
          <Button quiet name="keep" value="1" disabled={isPending}>Leave it published</Button>
        </form>
      )}
    </section>
  );
}
