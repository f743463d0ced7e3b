import { queuePath } from '@/lib/moderation/rules';
import type { PostReads } from '@/lib/reads/queries';
import { DASHBOARD_DAYS, dashboardPath, type DashboardDay, type DashboardDays as Count } from '@/lib/site/dashboard-days';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { DayChart } from '@/components/moderation/day-chart';
import { Time } from '@/components/ui/time';

type Props = { days: DashboardDay[]; mostRead: PostReads[]; chosen: Count; site: SiteLocale; count: Intl.NumberFormat };

/** Comments and reads on each of the last days, as a plot and in numbers, and what was read most. */
export function DashboardDays({ days, mostRead, chosen, site, count }: Props) {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const hasReads = first.reads !== null;
  const comments = days.reduce((sum, day) => sum + day.comments, 0);
  const reads = days.reduce((sum, day) => sum + (day.reads ?? 0), 0);
  const axis = <p className="home-axis"><Time at={first.at} site={site} /><Time at={last.at} site={site} /></p>;
  return (
    <section className="home-part" aria-labelledby="home-days">
      <div className="home-head">
        <h2 id="home-days">{t('site.days.heading', { days: chosen })}</h2>
        <nav aria-label={t('site.days.howMany')}>
          {DASHBOARD_DAYS.map((number) => (
            <a key={number} href={dashboardPath(number)} aria-current={number === chosen ? 'true' : undefined}>
              {t.rich('site.days.daysChoice', { days: number, hidden: (words) => <span className="sr-only">{words}</span> })}
            </a>
          ))}
        </nav>
      </div>
      {hasReads && (
        <figure className="home-chart">
          <figcaption>{t('site.days.reads')} <strong>{count.format(reads)}</strong></figcaption>
          <DayChart days={days.map(({ day, reads: number }) => ({ day, count: number ?? 0 }))} name={t('site.days.reads')} colour="accent" language={site.language} />
          {axis}
        </figure>
      )}
      <figure className="home-chart">
        <figcaption>{t('site.days.publishedComments')} <a href={queuePath({ queue: 'approved', from: first.day, to: last.day })}><strong>{count.format(comments)}</strong></a></figcaption>
        <DayChart days={days.map(({ day, comments: number }) => ({ day, count: number }))} name={t('site.days.comments')} colour="good" language={site.language} />
        {axis}
      </figure>
      {hasReads && <p className="home-note">{t('site.days.note')}</p>}
      <Numbers days={days} hasReads={hasReads} site={site} count={count} />
      {hasReads && <MostRead posts={mostRead} />}
    </section>
  );
}

function Numbers({ days, hasReads, site, count }: { days: DashboardDay[]; hasReads: boolean; site: SiteLocale; count: Intl.NumberFormat }) {
  return (
    <details className="log-table">
      <summary>{t('site.days.inNumbers')}</summary>
      <table>
        <caption className="sr-only">{hasReads ? t('site.days.tableOfBoth') : t('site.days.tableOfComments')}</caption>
        <thead><tr><th scope="col">{t('site.days.day')}</th>{hasReads && <th scope="col">{t('site.days.reads')}</th>}<th scope="col">{t('site.days.comments')}</th></tr></thead>
        <tbody>
          {[...days].reverse().map(({ day, at, reads, comments }) => (
            <tr key={day}>
              <th scope="row"><Time at={at} site={site} /></th>
              {hasReads && <td>{count.format(reads ?? 0)}</td>}
              <td>{comments === 0 ? 0 : <a href={queuePath({ queue: 'approved', from: day, to: day })}>{count.format(comments)}</a>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function MostRead({ posts }: { posts: PostReads[] }) {
  return (
    <>
      <h3 id="home-most-read">{t('site.days.mostRead')}</h3>
      {posts.length === 0 && <p className="home-note">{t('site.days.nothingRead')}</p>}
      {posts.length > 0 && (
        <ol className="home-most" aria-labelledby="home-most-read">
          {posts.map(({ id, slug, title, count: reads }) => (
            <li key={id}>
              <a href={`/posts/${encodeURIComponent(slug)}`}>{title.trim() || t('posts.untitled.post')}</a>
              <span>{t('site.days.readBy', { count: reads })}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
