import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { StandingNotice } from '@/lib/comments/box';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

type Warning = Extract<StandingNotice, { kind: 'warning' }>;

/** What a moderator has written to somebody, who says that they have read it before they write again. Stands inside a form. */
export function WarningLetter({ words }: Pick<Warning, 'words'>) {
  return (
    <div className="letter" data-box-notice>
      <p className="letter-from">{t('identity.standing.letter')}</p>
      <blockquote className="letter-words">{words}</blockquote>
      <input type="hidden" name="warning" value={words} />
      <Button quiet name="intent" value="read">
        {t('identity.standing.read')}
      </Button>
      <p className="field-hint">{t('identity.standing.after')}</p>
    </div>
  );
}

/** That somebody cannot write, why, and until when. */
export function ShutOutNotice({ notice: { kind, reason, until }, site }: { notice: Exclude<StandingNotice, Warning>; site: SiteLocale }) {
  return (
    <div className="letter" data-box-notice>
      <p className="letter-from">
        {until ? (
          t.rich('identity.standing.until', { date: () => <Time at={until} site={site} withClock /> })
        ) : kind === 'banned' ? (
          t('identity.standing.banned')
        ) : (
          t('identity.standing.suspended')
        )}
      </p>
      {reason && <blockquote className="letter-words">{reason}</blockquote>}
      {reason && <p className="field-hint">{t('identity.standing.reason')}</p>}
    </div>
  );
}
