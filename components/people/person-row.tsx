import { WAY_NAMES } from '@/lib/identity/schema';
import type { Contact, Counts, PersonRow as Row } from '@/lib/people/queries';
import { personPath } from '@/lib/people/rules';
import type { CommentState, SignInWay } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Portrait } from '@/components/identity/portrait';
import { Time } from '@/components/ui/time';
import { spokenLanguage, t } from '@/lib/words/t';

const COUNTED = ['approved', 'pending', 'spam'] as const satisfies readonly CommentState[];

/** One line of the list of people. */
export function PersonRow({ person, site }: { person: Row; site: SiteLocale }) {
  const { id, name, post, contact } = person;
  return (
    <article className="person" aria-labelledby={`person-${id}`}>
      <Portrait name={name} picture={person.picture} />
      <div className="person-who">
        <h2 className="person-name" id={`person-${id}`}><a href={personPath(id)}>{name}</a></h2>
        {post && <p className="person-note">{t.rich('people.person.onlyOn', { post: () => post.title || t('people.person.untitledPost') })}</p>}
        {contact && <p className="person-note"><ContactLine contact={contact} /></p>}
      </div>
      <p className="person-role">{t(`people.roles.${person.role}`)}</p>
      <p className="person-standing"><Standing person={person} site={site} /></p>
      <CommentCounts id={id} counts={person.counts} states={COUNTED} />
      <p className="person-since">{t.rich('people.person.since', { time: () => <Time at={person.since} site={site} /> })}</p>
    </article>
  );
}

/** A standing of this moment in words; a name on one post has none. */
export function Standing({ person: { standing, standingUntil, post }, site }: { person: Pick<Row, 'standing' | 'standingUntil' | 'post'>; site: SiteLocale }) {
  if (standing === null) return <span className="standing">{post ? t('people.person.noOwnStanding') : ''}</span>;
  const words = t(`people.standings.${standing}`);
  return (
    <span className={`standing standing--${standing}`}>
      {standingUntil ? t.rich('people.person.standingUntil', { standing: words, time: () => <Time at={standingUntil} site={site} withClock /> }) : words}
    </span>
  );
}

/** How many comments there are in each state, each number a link to them. */
export function CommentCounts({ id, counts, states, current = null }: { id: string; counts: Counts; states: readonly CommentState[]; current?: CommentState | null }) {
  return (
    <ul className="person-counts" aria-label={t('people.counts.label')}>
      {states.map((state) => (
        <li key={state}>
          <a className={counts[state] === 0 ? 'person-count person-count--none' : 'person-count'} href={personPath(id, { state }, 'comments')} aria-current={state === current ? 'true' : undefined}>{t(`people.counts.${state}`, { count: counts[state] })}</a>
        </li>
      ))}
    </ul>
  );
}

/** For owners: the address and how the person signs in. */
export function ContactLine({ contact: { email, isProven, ways } }: { contact: Contact }) {
  const address = email === null ? t('people.contact.noAddress') : isProven ? email : t('people.contact.notProven', { email });
  return <>{address} · {ways.length > 0 ? t('people.contact.signsInBy', { ways: listOf(ways) }) : t('people.contact.hasNotSignedIn')}</>;
}

// As a `unit`: English has no `and` in it.
const listOf = (ways: SignInWay[]): string =>
  new Intl.ListFormat(spokenLanguage(), { type: 'unit' }).format(ways.map((way) => (way === 'email' ? t('people.contact.byEmail') : WAY_NAMES[way] ?? way)));
