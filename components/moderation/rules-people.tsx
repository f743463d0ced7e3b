import type { PersonOfStanding } from '@/lib/people/queries';
import { peoplePath, personPath } from '@/lib/people/rules';
import type { Standing } from '@/lib/people/schema';
import { t } from '@/lib/words/t';

type Props = {
  /** Null for those who do not see people. */
  people: PersonOfStanding[] | null;
  standings: readonly Standing[];
  title: string;
  /** What is said where there are none. */
  none: string;
};

/** The people to whom a rule applies because of their standing, which is set on their own pages. */
export function RulesPeople({ people, standings, title, none }: Props) {
  if (people === null) return null;
  const theirs = people.filter(({ standing }) => standings.includes(standing));
  return (
    <div className="rules-people">
      <h3>{title}</h3>
      {theirs.length === 0 && <p className="rules-words">{none}</p>}
      {theirs.length > 0 && (
        <ul>
          {theirs.map(({ id, name, standing }) => (
            <li key={id}>
              <a href={personPath(id)}>{name}</a>
              {standings.length > 1 && <small> {t(`people.standings.${standing}`)}</small>}
            </li>
          ))}
        </ul>
      )}
      <p className="rules-words">{t.rich('moderation.rules.standings', { link: (words) => <a href={peoplePath()}>{words}</a> })}</p>
    </div>
  );
}
