import { inDays, lastOpenMoment, type Closing } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';
import { t } from '@/lib/words/t';

type Props = { closing: Closing; site: SiteLocale };

/** That comments are closed, in place of the box, and why or since when where that is known. */
export function ClosedNote({ closing: { at, afterDays }, site }: Props) {
  return (
    <>
      <p className="comments-closed">{t('comments.closing.closed')}</p>
      {afterDays !== null && <p className="closing-note">{t('comments.closing.afterDays', { days: inDays(afterDays) })}</p>}
      {afterDays === null && at && <p className="closing-note">{t.rich('comments.closing.closedOn', { date: () => <Time at={lastOpenMoment(at)} site={site} /> })}</p>}
    </>
  );
}

/** When comments that are open will close; nothing where they stay open. */
export function ClosingNote({ closing: { at }, site }: Props) {
  return at && <p className="closing-note">{t.rich('comments.closing.closeOn', { date: () => <Time at={lastOpenMoment(at)} site={site} /> })}</p>;
}
