import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import type { ReportState } from '@/lib/moderation/report-form';
import type { ReportPageView } from '@/lib/moderation/reports';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { ReportForm } from './report-form';

type Props = {
  action: (state: ReportState, form: FormData) => Promise<ReportState>;
  report: ReportPageView;
  site: SiteLocale;
};

/** The page on which a reader asks that somebody looks at a comment, and later sees what became of that. */
export function ReportPage({ action, report, site }: Props) {
  const { id, comment, post } = report;
  return (
    <div className="reply-page">
      <h1 className="reply-title">{comment ? t('comments.report.of', { name: comment.name }) : t('comments.report.yours')}</h1>
      {comment && (
        <figure className="reply-target">
          <figcaption>
            {t.rich('comments.report.wroteOn', { name: comment.name, title: post.title, date: () => <Time at={comment.createdAt} site={site} />, post: (chunks) => <a href={post.href}>{chunks}</a> })}
          </figcaption>
          <blockquote>
            <Prose className="comment-text" html={comment.html} />
          </blockquote>
        </figure>
      )}
      <ReportForm action={action} report={report} />
      <p className="report-back">
        <a href={comment ? `/comments/${id}` : post.href}>{comment ? t('comments.report.back') : t('comments.report.backTo', { title: post.title })}</a>
      </p>
    </div>
  );
}
