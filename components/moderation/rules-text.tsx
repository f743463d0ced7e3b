import type { PersonOfStanding } from '@/lib/people/queries';
import type { RuleList } from '@/lib/moderation/rules-form';
import type { ListView, RulesView } from '@/lib/moderation/rules-view';
import { RulesAlways } from './rules-always';
import { RulesPeople } from './rules-people';
import { RulesSection } from './rules-section';
import { CARE_WORDS } from './rules-words';

type Props = { view: RulesView; people: PersonOfStanding[] | null };

const secondsText = (seconds: number): string => (seconds === 0 ? 'No wait' : seconds === 1 ? '1 second' : `${seconds} seconds`);
const daysText = (days: number, never: string): string => (days === 0 ? never : days === 1 ? 'After 1 day' : `After ${days} days`);

/** The rules as whoever does not set them reads them. */
export function RulesText({ view: { rules, lists }, people }: Props) {
  const { maxLinks, spamAbove } = rules;
  const list = (name: RuleList) => <ReadList list={lists[name]} />;
  return (
    <div className="rules-parts">
      <RulesSection id="not-allowed">{list('disallowedWords')}</RulesSection>
      <RulesSection id="refused">
        {list('refused')}
        <div id="held-people"><RulesPeople people={people} standings={['held', 'suspended', 'banned']} title="People who are held or shut out" none="Nobody is." /></div>
      </RulesSection>
      <RulesSection id="spam">
        <Value>{spamAbove === 100 ? 'Nothing is sorted to Spam by its score' : `To Spam from ${spamAbove} %`}</Value>
        <AkismetLine />
      </RulesSection>
      <RulesSection id="hold-all"><Value>{rules.holdAll ? 'Every comment is held now' : 'Off'}</Value></RulesSection>
      <RulesSection id="links">
        <Value>{maxLinks === 0 ? 'No limit' : `Held from ${maxLinks} ${maxLinks === 1 ? 'link' : 'links'} on`}</Value>
        <MostlyLinks />
      </RulesSection>
      <RulesSection id="held-words">{list('heldWords')}</RulesSection>
      <RulesSection id="trusted">
        {list('trusted')}
        <RulesPeople people={people} standings={['trusted']} title="People you trust" none="Nobody is marked as trusted." />
      </RulesSection>
      <RulesSection id="always"><RulesAlways /></RulesSection>
      <RulesSection id="pace">
        <Value>{secondsText(rules.floodSeconds)}; on a sensitive post {secondsText(rules.sensitiveFloodSeconds).toLowerCase()}</Value>
      </RulesSection>
      <RulesSection id="care">
        <Value>{CARE_WORDS[rules.newPostCare]}</Value>
        <Value>{daysText(rules.sensitiveDays, 'A sensitive post stays open')}{rules.sensitiveDays > 0 && ' a sensitive post closes'}</Value>
      </RulesSection>
      <RulesSection id="closing"><Value>{daysText(rules.closeAfterDays, 'Comments stay open')}</Value></RulesSection>
    </div>
  );
}

const Value = ({ children }: { children: React.ReactNode }) => <p className="rules-value">{children}</p>;

/** How the blog stands with Akismet. */
export const AkismetLine = () => <p className="rules-words" id="akismet">Where Akismet is set up, it is asked too: what it calls spam goes to Spam, and while it does not answer, strangers are held.</p>;

export const MostlyLinks = () => <p className="rules-words" id="mostly-links">A text that is mostly links is held too, whatever the number.</p>;

const ADDRESSES = (count: number): string => (count === 1 ? '1 address that only an owner sees' : `${count} addresses that only an owner sees`);

function ReadList({ list: { lines, count, hidden } }: { list: ListView }) {
  if (count === 0) return <Value>None</Value>;
  const more = count - hidden - lines.length;
  const rest = [...(more > 0 ? [`${more} more`] : []), ...(hidden > 0 ? [ADDRESSES(hidden)] : [])].join(' and ');
  return (
    <>
      {lines.length > 0 && <ul className="rules-list">{lines.map((line) => <li key={line}>{line}</li>)}</ul>}
      {rest && <p className="rules-words">{lines.length > 0 ? `and ${rest}` : rest.charAt(0).toUpperCase() + rest.slice(1)}</p>}
    </>
  );
}
