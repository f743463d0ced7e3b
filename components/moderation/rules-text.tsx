import type { ReactNode } from 'react';
import type { PersonOfStanding } from '@/lib/people/queries';
import type { RuleList } from '@/lib/moderation/rules-form';
import type { ListView, RulesView } from '@/lib/moderation/rules-view';
import { t } from '@/lib/words/t';
import { RulesAlways } from './rules-always';
import { RulesPeople } from './rules-people';
import { RulesSection } from './rules-section';

type Props = { view: RulesView; people: PersonOfStanding[] | null };

/** The rules as whoever does not set them reads them. */
export function RulesText({ view: { rules, lists }, people }: Props) {
  const { maxLinks, spamAbove } = rules;
  const list = (name: RuleList) => <ReadList list={lists[name]} />;
  return (
    <div className="rules-parts">
      <RulesSection id="not-allowed">{list('disallowedWords')}</RulesSection>
      <RulesSection id="refused">
        {list('refused')}
        <div id="held-people"><RulesPeople people={people} standings={['held', 'suspended', 'banned']} title={t('moderation.rules.shutOut')} none={t('moderation.rules.nobodyShutOut')} /></div>
      </RulesSection>
      <RulesSection id="spam">
        <Value>{spamAbove === 100 ? t('moderation.ruleValues.spamNever') : t('moderation.ruleValues.spamAbove', { percent: spamAbove })}</Value>
        <AkismetLine />
      </RulesSection>
      <RulesSection id="hold-all"><Value>{rules.holdAll ? t('moderation.ruleValues.allHeld') : t('moderation.ruleValues.off')}</Value></RulesSection>
      <RulesSection id="links">
        <Value>{t('moderation.ruleValues.maxLinks', { count: maxLinks })}</Value>
        <MostlyLinks />
      </RulesSection>
      <RulesSection id="held-words">{list('heldWords')}</RulesSection>
      <RulesSection id="trusted">
        {list('trusted')}
        <RulesPeople people={people} standings={['trusted']} title={t('moderation.rules.trusted')} none={t('moderation.rules.nobodyTrusted')} />
      </RulesSection>
      <RulesSection id="always"><RulesAlways /></RulesSection>
      <RulesSection id="pace">
        <Value>{t('moderation.ruleValues.pace', { seconds: rules.floodSeconds, sensitive: rules.sensitiveFloodSeconds })}</Value>
      </RulesSection>
      <RulesSection id="care">
        <Value>{t(`moderation.care.${rules.newPostCare}`)}</Value>
        <Value>{t('moderation.ruleValues.sensitiveDays', { days: rules.sensitiveDays })}</Value>
      </RulesSection>
      <RulesSection id="closing"><Value>{t('moderation.ruleValues.closeAfterDays', { days: rules.closeAfterDays })}</Value></RulesSection>
    </div>
  );
}

const Value = ({ children }: { children: React.ReactNode }) => <p className="rules-value">{children}</p>;

/** How the blog stands with Akismet. */
export const AkismetLine = ({ children }: { children?: ReactNode }) => (
  <p className="rules-words" id="akismet">{t('moderation.rules.akismet')}{children}</p>
);

export const MostlyLinks = () => <p className="rules-words" id="mostly-links">{t('moderation.rules.mostlyLinks')}</p>;

function ReadList({ list: { lines, count, hidden } }: { list: ListView }) {
  if (count === 0) return <Value>{t('moderation.ruleValues.none')}</Value>;
  const more = count - hidden - lines.length;
  const rest = restOf(more, hidden);
  return (
    <>
      {lines.length > 0 && <ul className="rules-list">{lines.map((line) => <li key={line}>{line}</li>)}</ul>}
      {rest && <p className="rules-words">{lines.length > 0 ? t('moderation.ruleValues.and', { rest }) : rest}</p>}
    </>
  );
}

/** What is not shown of a list; nothing where all of it is. */
function restOf(more: number, hidden: number): string {
  if (more > 0 && hidden > 0) return t('moderation.ruleValues.moreAndHidden', { more, hidden });
  if (more > 0) return t('moderation.ruleValues.more', { count: more });
  return hidden > 0 ? t('moderation.ruleValues.hidden', { count: hidden }) : '';
}
