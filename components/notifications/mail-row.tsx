import { Time } from '@/components/ui/time';
import type { OutboxMail } from '@/lib/notifications/queries';
import { maySendAgain, partsOfText } from '@/lib/notifications/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { SendAgainForm, type Again } from './send-again-form';

type Props = { mail: OutboxMail; hasServer: boolean; origin: string; site: SiteLocale; again: Again };

/** One mail: to whom, about what, when, and what became of it; opened, its words. */
export function MailRow({ mail, hasServer, origin, site, again }: Props) {
  return (
    <details className={`mail mail--${mail.state}`}>
      <summary id={`mail-${mail.id}`}>
        <span className="mail-head">
          <span className="mail-to">{mail.to}</span>
          <span className="mail-state">{t(`notifications.state.${mail.state}`)}</span>
          <Time at={mail.createdAt} site={site} withClock />
        </span>
        <span className="mail-subject">{mail.subject}</span>
      </summary>
      <p className="mail-why"><Why mail={mail} hasServer={hasServer} site={site} /></p>
      {hasServer && (mail.state === 'failed' || mail.state === 'waiting') && <SendAgainForm mail={mail.id} describedBy={`mail-${mail.id}`} isOffered={maySendAgain(mail)} action={again} />}
      {mail.text === '' ? <p className="mail-why">{t('notifications.mail.noWords')}</p> : <MailText text={mail.text} origin={origin} />}
    </details>
  );
}

function Why({ mail: { state, failure, sentAt, nextTryAt }, hasServer, site }: Omit<Props, 'origin' | 'again'>) {
  const timeOf = (at: Date) => ({ time: () => <Time at={at} site={site} withClock /> });
  switch (state) {
    case 'kept': return t(hasServer ? 'notifications.mail.keptForGood' : 'notifications.mail.kept');
    case 'waiting': return failure === null ? t('notifications.mail.waiting') : <>{failure} {nextTryAt ? t.rich('notifications.mail.triedAgainOn', timeOf(nextTryAt)) : t('notifications.mail.triedAgain')}</>;
    case 'sent': return sentAt ? t.rich('notifications.mail.sentOn', timeOf(sentAt)) : t('notifications.mail.sent');
    case 'failed': return <>{failure} {t('notifications.mail.notTriedAgain')}</>;
    case 'expired': return hasServer ? <>{t('notifications.mail.expired')} {failure}</> : t('notifications.mail.keptExpired');
  }
}

function MailText({ text, origin }: { text: string; origin: string }) {
  return (
    <div className="mail-text" dir="auto">
      {partsOfText(text, origin).map((part, index) => (part.href === null ? part.text : <a key={index} href={part.href}>{part.text}</a>))}
    </div>
  );
}
