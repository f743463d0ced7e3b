import { Time } from '@/components/ui/time';
import type { DayFigure, LogFigures as Figures } from '@/lib/moderation/log-figures';
import { durationWords, logGroupName, logPath, type LogGroup } from '@/lib/moderation/log-filter';
import { cardPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { LogChart } from './log-chart';

type Props = { figures: Figures; pending: number; site: SiteLocale };

const GROUPS = ['published', 'refused', 'other'] as const satisfies readonly LogGroup[];
const sumOf = (days: DayFigure[], ...groups: LogGroup[]) => days.reduce((sum, day) => sum + groups.reduce((part, group) => part + day[group], 0), 0);

/** How long comments wait, and decisions a day; every number leads to what it counts. */
export function LogFigures({ figures: { waiting, decided, days }, pending, site }: Props) {
  return (
    <section className="log-part" aria-labelledby="log-figures">
      <h2 id="log-figures">{t('moderation.logFigures.heading', { days: days.length })}</h2>
      <dl className="log-figures">
        <div>
          <dt>{t('moderation.logFigures.waiting')}</dt>
          <dd><a href="/admin/comments?queue=pending&sort=oldest">{pending}</a></dd>
          <dd className="log-note">
            {waiting === null ? t('moderation.logFigures.nothingWaits') : t.rich('moderation.logFigures.waitingFor', { median: durationWords(waiting.medianMs), longest: durationWords(waiting.oldestMs), oldest: (words) => <a href={cardPath(waiting.oldest)}>{words}</a> })}
          </dd>
        </div>
        <div>
          <dt>{t('moderation.logFigures.decided')}</dt>
          <dd>{decided === null ? '–' : durationWords(decided.medianMs)}</dd>
          <dd className="log-note">
            {decided === null ? t('moderation.logFigures.noneDecided') : t('moderation.logFigures.decidedAfter', { count: decided.count, longest: durationWords(decided.longestMs) })}
          </dd>
        </div>
      </dl>
      <DayFigures days={days} site={site} />
    </section>
  );
}

function DayFigures({ days, site }: { days: DayFigure[]; site: SiteLocale }) {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const range = { who: 'people', from: first.day, to: last.day } as const;
  const chart = days.map(({ day, published, refused, other }) => ({ day, published, refused, other }));
  return (
    <figure className="log-chart">
      <figcaption>
        {t.rich('moderation.logFigures.aDay', { count: sumOf(days, ...GROUPS), link: (words) => <a href={logPath(range)}>{words}</a> })}
        {GROUPS.map((group) => (
          <span key={group} className={`log-key log-key--${group}`}>
            {logGroupName(group)} <a href={logPath({ ...range, decision: group })}>{sumOf(days, group)}</a>
          </span>
        ))}
      </figcaption>
      <LogChart days={chart} language={site.language} />
      <p className="log-axis"><Time at={first.at} site={site} /><Time at={last.at} site={site} /></p>
      <details className="log-table">
        <summary>{t('moderation.logFigures.inNumbers')}</summary>
        <table>
          <caption className="sr-only">{t('moderation.logFigures.caption')}</caption>
          <thead><tr><th scope="col">{t('moderation.logFigures.day')}</th>{GROUPS.map((group) => <th key={group} scope="col">{logGroupName(group)}</th>)}</tr></thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.day}>
                <th scope="row"><Time at={day.at} site={site} /></th>
                {GROUPS.map((group) => <td key={group}>{day[group] === 0 ? 0 : <a href={logPath({ who: 'people', decision: group, from: day.day, to: day.day })}>{day[group]}</a>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
