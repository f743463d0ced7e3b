import type { DeskDiscussion } from '@/lib/posts/desk';
import { lastOpenMoment } from '@/lib/posts/rules';
import type { Care } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';

type CareProps = { care: Care; end: Date | null; isDated: boolean; floodSeconds: number; site: SiteLocale };

/** What a level of care means. `end`: when choosing it closes comments. */
export function CareWords({ care, end, isDated, floodSeconds, site }: CareProps) {
  if (care !== 'sensitive') return t(`posts.careMeans.${care}`);
  return (
    <>
      {sensitiveWords(floodSeconds)}
      {end && <>{' '}{t.rich(isDated ? 'posts.careMeans.closesOn' : 'posts.careMeans.closesLater', { date: () => <Time at={lastOpenMoment(end)} site={site} /> })}</>}
    </>
  );
}

function sensitiveWords(floodSeconds: number): string {
  if (floodSeconds <= 0) return t('posts.careMeans.sensitive');
  return floodSeconds % 60 === 0 ? t('posts.careMeans.sensitiveMinutes', { count: floodSeconds / 60 }) : t('posts.careMeans.sensitiveSeconds', { count: floodSeconds });
}

type RuleProps = { post: Pick<DeskDiscussion, 'ruled'>; closeAfterDays: number; site: SiteLocale };

/** What the blog's rule of days means for this post. */
export function RuleWords({ post: { ruled }, closeAfterDays, site }: RuleProps) {
  if (closeAfterDays === 0) return t('posts.discussion.noRule');
  const { at } = ruled;
  if (!at) return t('posts.discussion.rule', { days: closeAfterDays });
  return t.rich('posts.discussion.ruleThisOne', { days: closeAfterDays, date: () => <Time at={lastOpenMoment(at)} site={site} /> });
}
