import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { QueueView } from '@/lib/moderation/queries';
import { isNarrowed, NETWORK_CHARACTERS_SHOWN, queueName, queuePath, sortName, wholeQueue } from '@/lib/moderation/rules';
import { ruleName } from '@/lib/moderation/sentences';
import { HELD_RULES, QUERY_MAX_CHARACTERS, QUEUES, SORTS } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { Time } from '@/components/ui/time';

type Props = { view: QueueView; site: SiteLocale };

/** What a queue is narrowed by and in which order it stands; all of it in the address. */
export function QueueFilters({ view, site }: Props) {
  return (
    <div className="filters">
      <Form key={queuePath(view.filter, view.sort)} view={view} />
      <Active view={view} site={site} />
    </div>
  );
}

function Form({ view: { filter, sort, named, posts } }: { view: QueueView }) {
  const { queue, q, post, person, network, rule, from, to } = filter;
  const [isOpen, setOpen] = useState(false);
  const offered = post === null || posts.some(({ slug }) => slug === post) ? posts : [{ slug: post, title: named.post ?? post }, ...posts];
  return (
    <form className="filters-form" role="search" aria-label={t('moderation.filters.label')} method="get" action="/admin/comments">
      <input type="hidden" name="queue" value={queue} />
      {person && <input type="hidden" name="person" value={person} />}
      {network && <input type="hidden" name="network" value={network} />}
      <Field id="filter-q" name="q" type="search" label={t('moderation.filters.search')} maxLength={QUERY_MAX_CHARACTERS} defaultValue={q} />
      <div className="filters-more" id="filters-more" data-open={isOpen}>
        <SelectField id="filter-post" name="post" label={t('moderation.filters.post')} defaultValue={post ?? ''} options={[{ value: '', label: t('moderation.filters.anyPost') }, ...offered.map(({ slug, title }) => ({ value: slug, label: title }))]} />
        <SelectField id="filter-rule" name="rule" label={t('moderation.filters.reason')} defaultValue={rule ?? ''} options={[{ value: '', label: t('moderation.filters.anyReason') }, ...HELD_RULES.map((value) => ({ value, label: ruleName(value) }))]} />
        <Field id="filter-from" name="from" type="date" label={t('moderation.filters.from')} defaultValue={from ?? ''} />
        <Field id="filter-to" name="to" type="date" label={t('moderation.filters.to')} defaultValue={to ?? ''} />
        <SelectField id="filter-sort" name="sort" label={t('moderation.filters.sort')} defaultValue={sort} options={SORTS.map((value) => ({ value, label: sortName(value) }))} />
      </div>
      <Button quiet className="filters-send">{t('moderation.filters.submit')}</Button>
      <Button quiet type="button" className="filters-toggle" aria-expanded={isOpen} aria-controls="filters-more" onClick={() => setOpen(!isOpen)}>
        {t('moderation.filters.toggle')}
      </Button>
    </form>
  );
}

/** What is asked for now, each with the way to take it away, and the other queues as the same filter narrows them. */
function Active({ view, site }: Props) {
  const { filter, sort, only } = view;
  if (only === null && !isNarrowed(filter)) return null;
  return (
    <div className="filters-active">
      <ul aria-label={t('moderation.filters.active')}>
        {activeFilters(view, site).map(({ key, words, href }) => (
          <li key={key}>
            <a className="chip" href={href}>
              <span className="sr-only">{t('moderation.filters.remove')} </span>
              {words}
              <X size={14} aria-hidden />
            </a>
          </li>
        ))}
      </ul>
      <a href={queuePath(wholeQueue(filter.queue), sort)}>{t('moderation.filters.clear')}</a>
      {only === null && (
        <nav aria-label={t('moderation.filters.elsewhere')}>
          {t('moderation.filters.otherQueues')}{' '}
          {QUEUES.filter((name) => name !== filter.queue).map((name) => (
            <a key={name} href={queuePath({ ...filter, queue: name }, sort)}>
              {queueName(name)}
            </a>
          ))}
        </nav>
      )}
    </div>
  );
}

type ActiveFilter = { key: string; words: ReactNode; href: string };

function activeFilters({ filter, sort, only, named }: QueueView, site: SiteLocale): ActiveFilter[] {
  const { q, post, person, network, rule, from, to } = filter;
  const day = (at: string) => <Time at={new Date(`${at}T00:00:00Z`)} site={{ ...site, timeZone: 'UTC' }} />;
  const words: Partial<Record<keyof typeof filter, ReactNode>> = {
    ...(q !== '' && { q: t('moderation.narrowed.words', { words: q }) }),
    ...(post !== null && { post: named.post === undefined || named.post === null ? t('moderation.narrowed.postGone') : t('moderation.narrowed.post', { title: named.post }) }),
    ...(person !== null && { person: named.person === undefined || named.person === null ? t('moderation.narrowed.personGone') : t('moderation.narrowed.person', { name: named.person }) }),
    ...(network !== null && { network: t('moderation.narrowed.network', { mark: network.slice(0, NETWORK_CHARACTERS_SHOWN) }) }),
    ...(rule !== null && { rule: ruleName(rule) }),
    ...(from !== null && { from: t.rich('moderation.narrowed.from', { day: () => day(from) }) }),
    ...(to !== null && { to: t.rich('moderation.narrowed.to', { day: () => day(to) }) }),
  };
  const active = Object.entries(words).map(([key, said]) => ({ key, words: said, href: queuePath({ ...filter, [key]: null }, sort) }));
  return only === null ? active : [{ key: 'only', words: t('moderation.narrowed.one'), href: queuePath(filter, sort) }, ...active];
}
