import type { DeskDiscussion } from '@/lib/posts/desk';
import { inDays, lastOpenMoment } from '@/lib/posts/rules';
import type { Care } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';

type CareProps = { care: Care; end: Date | null; isDated: boolean; floodSeconds: number; site: SiteLocale };

/** What a level of care means. `end`: when choosing it closes comments. */
export function CareWords({ care, end, isDated, floodSeconds, site }: CareProps) {
  if (care === 'open') return 'The blog’s rules decide which comments wait for a person.';
  if (care === 'careful') return 'A person reads every comment first, but for those by people you trust.';
  return (
    <>
      A person reads every comment first, whoever writes it{floodSeconds > 0 && `, and one writer waits ${waitWords(floodSeconds)} between two`}.
      {end && (
        <>
          {' '}
          Unless you choose otherwise below, comments close on <Time at={lastOpenMoment(end)} site={site} />{isDated ? '.' : ' if it comes out today, and as much later as it does.'}
        </>
      )}
    </>
  );
}

function waitWords(seconds: number): string {
  if (seconds % 60 !== 0) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`;
}

type RuleProps = { post: Pick<DeskDiscussion, 'ruled'>; closeAfterDays: number; site: SiteLocale };

/** What the blog's rule of days means for this post. */
export function RuleWords({ post: { ruled }, closeAfterDays, site }: RuleProps) {
  if (closeAfterDays === 0) return 'Comments stay open: the blog closes none by itself.';
  return (
    <>
      Comments close {inDays(closeAfterDays)} after a post comes out{ruled.at ? <>: this one’s on <Time at={lastOpenMoment(ruled.at)} site={site} />.</> : '.'}
    </>
  );
}
