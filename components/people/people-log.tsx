import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import { PERSON_ACTS, peopleLogFilePath, peopleLogPath, TOLD_MODERATORS, type PeopleLogFilter, type PersonActKind } from '@/lib/people/log-filter';
import type { PeopleLogView } from '@/lib/people/people-log';
import { personPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { ActWords } from './person-history';
import { t } from '@/lib/words/t';

type Props = {
  view: PeopleLogView;
  filter: PeopleLogFilter;
  isFirstPage: boolean;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** What was done about people, beside the log of decisions on comments. */
export function PeopleLog({ view: { acts, next, deciders }, filter, isFirstPage, counts, site, person, signOut }: Props) {
  const isNarrowed = peopleLogPath(filter) !== peopleLogPath();
  return (
    <div className="desk">
      <QueueRail here="log" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="log" tabIndex={-1}>
        <h1>{t('people.log.heading')}</h1>
        <p className="log-tools"><a href="/admin/log">{t('people.log.onComments')}</a></p>
        <Filters deciders={deciders} filter={filter} kinds={person.role === 'owner' ? PERSON_ACTS : TOLD_MODERATORS} />
        <p className="log-tools">
          <a href={peopleLogFilePath(filter)} download>{t('people.log.download')}</a>
          {isNarrowed && <a href={peopleLogPath()}>{t('people.log.clear')}</a>}
        </p>
        {acts.length === 0 && <EmptyState>{isNarrowed ? t('people.log.noneFit') : t('people.log.none')}</EmptyState>}
        <ol className="log-list" aria-label={t('people.log.actsNewestFirst')}>
          {acts.map((act) => (
            <li key={act.id} className="log-act">
              <a className="log-who" href={personPath(act.person.id)}>{act.person.name}</a>
              <span><ActWords act={act} site={site} /></span>
            </li>
          ))}
        </ol>
        {(next !== null || !isFirstPage) && (
          <nav className="log-pages" aria-label={t('people.log.pages')}>
            {!isFirstPage && <a href={peopleLogPath(filter)}>{t('people.log.newest')}</a>}
            {next !== null && <a href={peopleLogPath(filter, next)} rel="next">{t('people.log.older')}</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

type FiltersProps = Pick<PeopleLogView, 'deciders'> & { filter: PeopleLogFilter; kinds: readonly PersonActKind[] };

function Filters({ deciders, filter: { who, what, from, to }, kinds }: FiltersProps) {
  return (
    <form className="log-filters log-filters--people" role="search" aria-label={t('people.log.acts')} method="get" action={peopleLogPath()}>
      <SelectField id="log-who" name="who" label={t('people.log.who')} defaultValue={who ?? ''} options={[{ value: '', label: t('people.log.anybody') }, ...deciders.map(({ id, name }) => ({ value: id, label: name }))]} />
      <SelectField id="log-what" name="what" label={t('people.log.what')} defaultValue={what ?? ''} options={[{ value: '', label: t('people.log.anything') }, ...kinds.map((value) => ({ value, label: t(`people.acts.${value}`) }))]} />
      <Field id="log-from" name="from" type="date" label={t('people.log.from')} defaultValue={from ?? ''} />
      <Field id="log-to" name="to" type="date" label={t('people.log.to')} defaultValue={to ?? ''} />
      <Button quiet>{t('people.log.filter')}</Button>
    </form>
  );
}
