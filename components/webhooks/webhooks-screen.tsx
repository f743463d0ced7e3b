import { QueueRail } from '@/components/moderation/queue-rail';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import type { WebhooksView } from '@/lib/webhooks/queries';
import { t } from '@/lib/words/t';
import { WebhooksForm, type DoWebhook } from './webhooks-form';

type Props = {
  view: WebhooksView;
  isFirstPage: boolean;
  action: DoWebhook;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** What other programs of the owner are told of, and what became of each message. */
export function WebhooksScreen({ view, isFirstPage, action, counts, site, person, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="webhooks" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="settings webhooks" tabIndex={-1}>
        <h1>{t('webhooks.heading')}</h1>
        <p className="settings-words">{t('webhooks.what')}</p>
        <WebhooksForm view={view} isFirstPage={isFirstPage} action={action} site={site} />
      </main>
    </div>
  );
}
