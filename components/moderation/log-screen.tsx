import { EmptyState } from '@/components/ui/empty-state';
import type { Person } from '@/lib/identity/schema';
import type { LogFigures as Figures } from '@/lib/moderation/log-figures';
import { logFilePath, logPath, type LogFilter } from '@/lib/moderation/log-filter';
import type { LogView } from '@/lib/moderation/log';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { LogEntryLine } from './log-entry-line';
import { LogFigures } from './log-figures';
import { LogFilters } from './log-filters';
import { QueueRail } from './queue-rail';

type Props = {
  view: LogView;
  filter: LogFilter;
  isFirstPage: boolean;
  figures: Figures | null;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** Who decided what: how long comments wait, decisions a day, and each of them. */
export function LogScreen({ view, filter, isFirstPage, figures, counts, site, person, signOut }: Props) {
  const isNarrowed = logPath(filter) !== logPath();
  return (
    <div className="desk">
      <QueueRail here="log" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="log" tabIndex={-1}>
        <h1>{t('moderation.log.heading')}</h1>
        <p className="log-tools"><a href="/admin/log/people">{t('moderation.log.people')}</a></p>
        {figures && <LogFigures figures={figures} pending={counts.pending} site={site} />}
        <section className="log-part" aria-labelledby="log-decisions">
          <h2 id="log-decisions">{t('moderation.log.decisions')}</h2>
          <LogFilters view={view} filter={filter} />
          <p className="log-tools">
            <a href={logFilePath(filter)} download>{t('moderation.log.download')}</a>
            {isNarrowed && <a href={logPath()}>{t('moderation.log.clear')}</a>}
          </p>
          {view.entries.length === 0 && <EmptyState>{isNarrowed ? t('moderation.log.noneFit') : t('moderation.log.none')}</EmptyState>}
          <ol className="log-list" aria-label={t('moderation.log.newestFirst')}>
            {view.entries.map((entry) => <li key={entry.id}><LogEntryLine entry={entry} filter={filter} site={site} /></li>)}
          </ol>
          {(view.next !== null || !isFirstPage) && (
            <nav className="log-pages" aria-label={t('moderation.log.pages')}>
              {!isFirstPage && <a href={logPath(filter)}>{t('moderation.log.newest')}</a>}
              {view.next !== null && <a href={logPath(filter, view.next)} rel="next">{t('moderation.log.older')}</a>}
            </nav>
          )}
        </section>
      </main>
    </div>
  );
}
