import { QueueRail } from '@/components/moderation/queue-rail';
import { EmptyState } from '@/components/ui/empty-state';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { OutboxView } from '@/lib/notifications/queries';
import { FAILURES_SHOWN_DAYS } from '@/lib/notifications/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { MailRow } from './mail-row';

type Props = {
  view: OutboxView;
  /** How many could not be sent lately. */
  failedCount: number;
  isFirstPage: boolean;
  /** The blog's own address: links to it, and to nothing else, can be followed. */
  origin: string;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** The mails of the blog, newest first: sent, waiting, or kept here while there is no mail server. */
export function OutboxScreen({ view: { mails, next, sender }, failedCount, isFirstPage, origin, counts, site, person, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="outbox" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="outbox" tabIndex={-1}>
        <h1>Outbox</h1>
        {sender ? (
          <p className="outbox-note">Mails are sent as <strong>{sender.name ? `${sender.name} <${sender.address}>` : sender.address}</strong>.</p>
        ) : (
          <NoServer />
        )}
        {failedCount > 0 && <p className="outbox-failed">{failedCount === 1 ? 'One mail' : `${failedCount} mails`} of the last {FAILURES_SHOWN_DAYS} days could not be sent. Below it says why.</p>}
        {mails.length === 0 && <EmptyState>{isFirstPage ? 'No mail yet. When somebody asks for a sign-in link or is invited, the mail is listed here.' : 'There are no older mails.'}</EmptyState>}
        {mails.length > 0 && (
          <ol className="outbox-list" aria-label="Mails">
            {mails.map((mail) => <li key={mail.id}><MailRow mail={mail} hasServer={sender !== null} origin={origin} site={site} /></li>)}
          </ol>
        )}
        {(next !== null || !isFirstPage) && (
          <nav className="outbox-pages" aria-label="Pages of mails">
            {!isFirstPage && <a href="/admin/outbox">Newest mails</a>}
            {next !== null && <a href={`/admin/outbox?after=${next}`}>Older mails</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

/** What it means that no mail server is set, and how to set one. */
function NoServer() {
  return (
    <section className="outbox-help" aria-labelledby="outbox-help">
      <h2 id="outbox-help">No mail leaves this blog yet</h2>
      <p>There is no mail server, so every mail is kept here and nobody receives it. You can open a mail, copy its link and give it to the person yourself.</p>
      <details>
        <summary>How to have mails sent</summary>
        <ol>
          <li>Ask whoever provides your e-mail for the address of their mail server (they may call it “SMTP” or “outgoing server”), with a user name and a password.</li>
          <li>Write these two lines, with your own values, into the settings of the blog: the file <code>.env</code> beside its <code>package.json</code>, unless whoever runs it keeps them elsewhere.
            <pre tabIndex={0} aria-label="The two settings">{'SMTP_URL=smtps://NAME:PASSWORD@mail.example.com:465\nMAIL_FROM=Our blog <blog@example.com>'}</pre>
          </li>
          <li>Start the blog again. This page then says who mails are sent as. Mails written before that stay here.</li>
        </ol>
        <p>In a name or password, write <code>%40</code> for <code>@</code>, <code>%3A</code> for <code>:</code> and <code>%2F</code> for <code>/</code>.</p>
      </details>
    </section>
  );
}
