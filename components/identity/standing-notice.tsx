import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { StandingNotice } from '@/lib/comments/box';
import type { SiteLocale } from '@/lib/site/schema';

type Warning = Extract<StandingNotice, { kind: 'warning' }>;

/** What a moderator has written to somebody, who says that they have read it before they write again. Stands inside a form. */
export function WarningLetter({ words }: Pick<Warning, 'words'>) {
  return (
    <div className="letter" data-box-notice>
      <p className="letter-from">Somebody who runs this blog has written to you:</p>
      <blockquote className="letter-words">{words}</blockquote>
      <input type="hidden" name="warning" value={words} />
      <Button quiet name="intent" value="read">
        I have read this
      </Button>
      <p className="field-hint">After that you can comment again.</p>
    </div>
  );
}

/** That somebody cannot write, why, and until when. */
export function ShutOutNotice({ notice: { kind, reason, until }, site }: { notice: Exclude<StandingNotice, Warning>; site: SiteLocale }) {
  return (
    <div className="letter" data-box-notice>
      <p className="letter-from">
        {until ? (
          <>
            You cannot comment here until <Time at={until} site={site} withClock />.
          </>
        ) : kind === 'banned' ? (
          'You cannot comment here any more.'
        ) : (
          'You cannot comment here at present.'
        )}
      </p>
      {reason && <blockquote className="letter-words">{reason}</blockquote>}
      {reason && <p className="field-hint">Somebody who runs this blog has written this for you.</p>}
    </div>
  );
}
