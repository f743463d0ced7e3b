'use client';

import { useActionState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import type { SiteLocale } from '@/lib/site/schema';
import type { WebhooksView } from '@/lib/webhooks/queries';
import { LOG_DAYS, NOTHING_CHANGED, type WebhooksState } from '@/lib/webhooks/schema';
import { t } from '@/lib/words/t';
import { AddWebhookForm } from './add-webhook-form';
import { DeliveryRow } from './delivery-row';
import { WebhookCard } from './webhook-card';

export type DoWebhook = (state: WebhooksState, form: FormData) => Promise<WebhooksState>;

type Props = { view: WebhooksView; isFirstPage: boolean; action: DoWebhook; site: SiteLocale };

/** The webhooks, one to add, and the log: every button answers above them all. */
export function WebhooksForm({ view: { webhooks, deliveries, next, deadCount }, isFirstPage, action, site }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_CHANGED);
  const { done, message, secret } = state;
  return (
    <>
      {message && <p className="status-bar status-bar--alert" role="alert">{message}</p>}
      <div className={done ? 'status-bar' : undefined} role="status">{done}</div>
      {secret && <Secret key={secret.secret} {...secret} />}
      {deadCount > 0 && <p className="settings-warning">{t('webhooks.dead', { count: deadCount, days: LOG_DAYS })}</p>}
      {webhooks.length === 0 && <EmptyState>{t('webhooks.none')}</EmptyState>}
      {webhooks.length > 0 && (
        <ul className="settings-list" aria-label={t('webhooks.list')}>
          {webhooks.map((webhook) => <li key={webhook.id}><WebhookCard webhook={webhook} site={site} act={act} isPending={isPending} /></li>)}
        </ul>
      )}
      <AddWebhookForm state={state} act={act} isPending={isPending} />
      <section className="settings-section" aria-labelledby="webhook-log">
        <h2 id="webhook-log">{t('webhooks.log.heading', { days: LOG_DAYS })}</h2>
        <p><a href="/admin/webhooks">{t('webhooks.log.look')}</a></p>
        {deliveries.length === 0 && <EmptyState>{t(isFirstPage ? 'webhooks.log.empty' : 'webhooks.log.noOlder')}</EmptyState>}
        {deliveries.length > 0 && (
          <ol className="webhook-log" aria-label={t('webhooks.log.list')}>
            {deliveries.map((delivery) => <li key={delivery.id}><DeliveryRow delivery={delivery} site={site} act={act} isPending={isPending} /></li>)}
          </ol>
        )}
        {(next !== null || !isFirstPage) && (
          <nav className="outbox-pages" aria-label={t('webhooks.log.pages')}>
            {!isFirstPage && <a href="/admin/webhooks">{t('webhooks.log.newest')}</a>}
            {next !== null && <a href={`/admin/webhooks?after=${next}`}>{t('webhooks.log.older')}</a>}
          </nav>
        )}
      </section>
    </>
  );
}

/** Shown once: a field from which it is taken by hand. */
function Secret({ url, secret }: { url: string; secret: string }) {
  return (
    <div className="settings-card webhook-secret">
      <div className="field">
        <label htmlFor="webhook-secret">{t('webhooks.secret.label', { url })}</label>
        <input id="webhook-secret" readOnly value={secret} aria-describedby="webhook-secret-hint" onFocus={(event) => event.currentTarget.select()} />
        <p className="field-hint" id="webhook-secret-hint">{t('webhooks.secret.hint')}</p>
      </div>
    </div>
  );
}
