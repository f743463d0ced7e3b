import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { SiteLocale } from '@/lib/site/schema';
import type { WebhookView } from '@/lib/webhooks/queries';
import { DEAD_IN_A_ROW_MAX, OLD_SECRET_HOURS, type WebhookAct } from '@/lib/webhooks/schema';
import { t } from '@/lib/words/t';

type Props = { webhook: WebhookView; site: SiteLocale; act: (form: FormData) => void; isPending: boolean };

/** One webhook: where, what it is told of, how it stands, and what can be done to it. */
export function WebhookCard({ webhook: { id, url, events, isOn, stopped, secretMadeAt }, site, act, isPending }: Props) {
  const button = (name: WebhookAct, words: string, label: string) => <Button quiet name="act" value={name} disabled={isPending} aria-label={label}>{words}</Button>;
  return (
    <form action={act} className="settings-card webhook">
      <input type="hidden" name="id" value={id} />
      <div className="settings-head">
        <h2>{url}</h2>
        <span className={isOn ? 'settings-mark settings-mark--good' : 'settings-mark'}>{t(isOn ? 'webhooks.card.on' : 'webhooks.card.off')}</span>
      </div>
      {stopped && <p className="settings-failure">{stopped === 'gone' ? t('webhooks.card.stoppedGone') : t('webhooks.card.stoppedDead', { count: DEAD_IN_A_ROW_MAX })}</p>}
      <p className="settings-words">{t('webhooks.card.toldOf', { events: events.map((event) => t(`webhooks.events.${event}`)).join(' · ') })}</p>
      <div className="settings-end">
        {button('test', t('webhooks.card.test'), t('webhooks.card.testOf', { url }))}
        {isOn ? button('switchOff', t('webhooks.card.switchOff'), t('webhooks.card.switchOffOf', { url })) : button('switchOn', t('webhooks.card.switchOn'), t('webhooks.card.switchOnOf', { url }))}
      </div>
      <details>
        <summary>{t('webhooks.card.newSecret')}</summary>
        <p>{t.rich('webhooks.secret.since', { time: () => <Time at={secretMadeAt} site={site} withClock /> })} {t('webhooks.card.newSecretMeans', { hours: OLD_SECRET_HOURS })}</p>
        {button('newSecret', t('webhooks.card.newSecretDo'), t('webhooks.card.newSecretOf', { url }))}
      </details>
      <details>
        <summary>{t('webhooks.card.delete')}</summary>
        <p>{t('webhooks.card.deleteMeans')}</p>
        {button('delete', t('webhooks.card.deleteDo'), t('webhooks.card.deleteOf', { url }))}
      </details>
    </form>
  );
}
