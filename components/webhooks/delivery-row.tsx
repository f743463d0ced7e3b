import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { SiteLocale } from '@/lib/site/schema';
import type { DeliveryView } from '@/lib/webhooks/queries';
import { failureSentence } from '@/lib/webhooks/rules';
import { t } from '@/lib/words/t';

type Props = { delivery: DeliveryView; site: SiteLocale; act: (form: FormData) => void; isPending: boolean };

/** One message: of what, to whom, when, and what became of it. */
export function DeliveryRow({ delivery, site, act, isPending }: Props) {
  const { id, url, event: name, at, state } = delivery;
  const event = t(`webhooks.events.${name}`);
  return (
    <div className={`delivery delivery--${state}`}>
      <p className="delivery-head">
        <strong>{event}</strong> <span className="delivery-state">{t(`webhooks.state.${state}`)}</span> <Time at={at} site={site} withClock />
      </p>
      <p className="delivery-url">{url}</p>
      <p className="delivery-why"><Why delivery={delivery} site={site} /></p>
      <form action={act}>
        <input type="hidden" name="id" value={id} />
        <Button quiet name="act" value="again" disabled={isPending} aria-label={t('webhooks.log.againOf', { event, url })}>{t('webhooks.log.again')}</Button>
      </form>
    </div>
  );
}

function Why({ delivery: { state, answer, failure, tries, nextTryAt, deliveredAt }, site }: Pick<Props, 'delivery' | 'site'>) {
  const timeOf = (at: Date) => ({ time: () => <Time at={at} site={site} withClock /> });
  const tried = tries > 0 && t('webhooks.log.tries', { count: tries });
  switch (state) {
    case 'delivered': return <>{deliveredAt && t.rich('webhooks.log.deliveredOn', timeOf(deliveredAt))} {answer !== null && t('webhooks.log.answered', { status: String(answer) })} {tried}</>;
    case 'waiting': return <>{failureSentence(failure, answer)} {tried} {failure !== null && nextTryAt ? t.rich('webhooks.log.next', timeOf(nextTryAt)) : t('webhooks.log.soon')}</>;
    case 'dead': return <>{failureSentence(failure, answer)} {tried} {t('webhooks.log.givenUp')}</>;
    case 'lost': return <>{failureSentence(failure, answer)} {tried} {t('webhooks.log.lost')}</>;
  }
}
