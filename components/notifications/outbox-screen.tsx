import type { ReactNode } from 'react';
import { QueueRail } from '@/components/moderation/queue-rail';
import { EmptyState } from '@/components/ui/empty-state';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { OutboxView, UndoneJob } from '@/lib/notifications/queries';
import { FAILURES_SHOWN_DAYS } from '@/lib/notifications/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { MailRow } from './mail-row';
import type { Again } from './send-again-form';
import { UndoneJobsForm } from './undone-jobs-form';

type Props = {
  view: OutboxView;
  /** How many could not be sent lately. */
  failedCount: number;
  /** Jobs of other kinds that were given up. */
  undone: UndoneJob[];
  isFirstPage: boolean;
  /** The blog's own address: links to it, and to nothing else, can be followed. */
  origin: string;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
  again: Again;
};

/** The mails of the blog, newest first: sent, waiting, or kept here while there is no mail server. */
export function OutboxScreen({ view: { mails, next, sender }, failedCount, undone, isFirstPage, origin, counts, site, person, signOut, again }: Props) {
  return (
    <div className="desk">
      <QueueRail here="outbox" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="outbox" tabIndex={-1}>
        <h1>{t('notifications.outbox.heading')}</h1>
        {sender ? (
          <p className="outbox-note">{t.rich('notifications.outbox.sentAs', { sender: () => <strong>{sender.name ? `${sender.name} <${sender.address}>` : sender.address}</strong> })}</p>
        ) : (
          <NoServer />
        )}
        {failedCount > 0 && <p className="outbox-failed">{t('notifications.outbox.failed', { count: failedCount, days: FAILURES_SHOWN_DAYS })}</p>}
        {isFirstPage && <UndoneJobsForm jobs={undone} site={site} action={again} />}
        {mails.length === 0 && <EmptyState>{t(isFirstPage ? 'notifications.outbox.empty' : 'notifications.outbox.noOlder')}</EmptyState>}
        {mails.length > 0 && (
          <ol className="outbox-list" aria-label={t('notifications.outbox.list')}>
            {mails.map((mail) => <li key={mail.id}><MailRow mail={mail} hasServer={sender !== null} origin={origin} site={site} again={again} /></li>)}
          </ol>
        )}
        {(next !== null || !isFirstPage) && (
          <nav className="outbox-pages" aria-label={t('notifications.outbox.pages')}>
            {!isFirstPage && <a href="/admin/outbox">{t('notifications.outbox.newest')}</a>}
            {next !== null && <a href={`/admin/outbox?after=${next}`}>{t('notifications.outbox.older')}</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

/** What it means that no mail server is set, and how to set one. */
function NoServer() {
  const code = (words: ReactNode) => <code>{words}</code>;
  return (
    <section className="outbox-help" aria-labelledby="outbox-help">
      <h2 id="outbox-help">{t('notifications.noServer.heading')}</h2>
      <p>{t('notifications.noServer.means')}</p>
      <details>
        <summary>{t('notifications.noServer.how')}</summary>
        <ol>
          <li>{t('notifications.noServer.ask')}</li>
          <li>{t.rich('notifications.noServer.write', { code })}
            <pre tabIndex={0} aria-label={t('notifications.noServer.settings')}>{'SMTP_URL=smtps://NAME:PASSWORD@mail.example.com:465\nMAIL_FROM=Our blog <blog@example.com>'}</pre>
          </li>
          <li>{t('notifications.noServer.start')}</li>
        </ol>
        <p>{t.rich('notifications.noServer.signs', { code })}</p>
      </details>
    </section>
  );
}
