import { Time } from '@/components/ui/time';
import type { OutboxMail } from '@/lib/notifications/queries';
import { partsOfText } from '@/lib/notifications/rules';
import type { MailState } from '@/lib/notifications/schema';
import type { SiteLocale } from '@/lib/site/schema';

const STATE_WORDS: Record<MailState, string> = { kept: 'Kept here', waiting: 'Waiting', sent: 'Sent', failed: 'Not sent', expired: 'Too old' };

type Props = { mail: OutboxMail; hasServer: boolean; origin: string; site: SiteLocale };

/** One mail: to whom, about what, when, and what became of it; opened, its words. */
export function MailRow({ mail, hasServer, origin, site }: Props) {
  return (
    <details className={`mail mail--${mail.state}`}>
      <summary>
        <span className="mail-head">
          <span className="mail-to">{mail.to}</span>
          <span className="mail-state">{STATE_WORDS[mail.state]}</span>
          <Time at={mail.createdAt} site={site} withClock />
        </span>
        <span className="mail-subject">{mail.subject}</span>
      </summary>
      <p className="mail-why"><Why mail={mail} hasServer={hasServer} site={site} /></p>
      {mail.text === '' ? <p className="mail-why">The words of this mail are not kept: it had a link that was good for a short time.</p> : <MailText text={mail.text} origin={origin} />}
    </details>
  );
}

function Why({ mail: { state, failure, sentAt, nextTryAt }, hasServer, site }: Omit<Props, 'origin'>) {
  switch (state) {
    case 'kept': return hasServer ? 'Kept here, because no mail server was set when it was written. It is not sent any more.' : 'Kept here, because no mail server is set. Nobody has received it.';
    case 'waiting': return failure === null ? 'Waiting to be sent. This takes a few seconds.' : <>{failure} It is tried again{nextTryAt && <> on <Time at={nextTryAt} site={site} withClock /></>}.</>;
    case 'sent': return <>The mail server took it{sentAt && <> on <Time at={sentAt} site={site} withClock /></>}.</>;
    case 'failed': return <>{failure} It is not tried again.</>;
    case 'expired': return hasServer ? <>It was not sent in time, and is of no use any more. {failure}</> : 'Kept here, but its time is over: the link in it does not work any more.';
  }
}

function MailText({ text, origin }: { text: string; origin: string }) {
  return (
    <div className="mail-text" dir="auto">
      {partsOfText(text, origin).map((part, index) => (part.href === null ? part.text : <a key={index} href={part.href}>{part.text}</a>))}
    </div>
  );
}
