import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { LOG_GROUP_KEYS, LOGGED, logGroupName, type LogFilter } from '@/lib/moderation/log-filter';
import type { LogView } from '@/lib/moderation/log';
import { decisionName } from '@/lib/moderation/rules';
import { t } from '@/lib/words/t';

type Props = { view: Pick<LogView, 'people' | 'posts'>; filter: LogFilter };

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** By what the log is narrowed; all of it stands in the address. A form that is sent as a link is. */
export function LogFilters({ view: { people, posts }, filter }: Props) {
  const { who, decision, post, from, to } = filter;
  const offered = post === null || posts.some(({ slug }) => slug === post) ? posts : [{ slug: post, title: post }, ...posts];
  const groups = LOG_GROUP_KEYS.map((value) => ({ value, label: t('moderation.logFilters.allOf', { group: logGroupName(value) }) }));
  return (
    <form className="log-filters" role="search" aria-label={t('moderation.logFilters.label')} method="get" action="/admin/log">
      <SelectField id="log-who" name="who" label={t('moderation.logFilters.who')} defaultValue={who ?? ''} options={[{ value: '', label: t('moderation.logFilters.anybody') }, { value: 'people', label: t('moderation.logFilters.anyPerson') }, { value: 'blog', label: t('moderation.logFilters.blog') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]} />
      <SelectField id="log-decision" name="decision" label={t('moderation.logFilters.decision')} defaultValue={decision ?? ''} options={[{ value: '', label: t('moderation.logFilters.anyDecision') }, ...groups, ...LOGGED.map((value) => ({ value, label: capital(decisionName(value)) }))]} />
      <SelectField id="log-post" name="post" label={t('moderation.logFilters.post')} defaultValue={post ?? ''} options={[{ value: '', label: t('moderation.logFilters.anyPost') }, ...offered.map(({ slug, title }) => ({ value: slug, label: title || slug }))]} />
      <Field id="log-from" name="from" type="date" label={t('moderation.logFilters.from')} defaultValue={from ?? ''} />
      <Field id="log-to" name="to" type="date" label={t('moderation.logFilters.to')} defaultValue={to ?? ''} />
      <Button quiet>{t('moderation.logFilters.submit')}</Button>
    </form>
  );
}
