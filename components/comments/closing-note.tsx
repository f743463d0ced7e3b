import { inDays, lastOpenMoment, type Closing } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';

type Props = { closing: Closing; site: SiteLocale };

/** That comments are closed, in place of the box, and why or since when where that is known. */
export function ClosedNote({ closing: { at, afterDays }, site }: Props) {
  return (
    <>
      <p className="comments-closed">Comments are closed.</p>
      {afterDays !== null && <p className="closing-note">Comments close {inDays(afterDays)} after a post comes out.</p>}
      {afterDays === null && at && <p className="closing-note">Comments closed on <Time at={lastOpenMoment(at)} site={site} />.</p>}
    </>
  );
}

/** When comments that are open will close; nothing where they stay open. */
export function ClosingNote({ closing: { at }, site }: Props) {
  return at && <p className="closing-note">Comments close on <Time at={lastOpenMoment(at)} site={site} />.</p>;
}
