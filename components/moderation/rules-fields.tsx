'use client';

import type { PersonOfStanding } from '@/lib/people/queries';
import { RULE_NUMBERS, type RuleField, type RuleList, type RuleNumber, type Tried } from '@/lib/moderation/rules-form';
import type { RulesView } from '@/lib/moderation/rules-view';
import { Care } from '@/lib/moderation/schema';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { RulesAlways } from './rules-always';
import { RulesListField, type OpenList } from './rules-list-field';
import { RulesPeople } from './rules-people';
import { RulesSection } from './rules-section';
import { AkismetLine, MostlyLinks } from './rules-text';
import { CARE_WORDS, REFUSED_HINT, TRUSTED_HINT, WORD_HINT } from './rules-words';

type Props = { view: RulesView; people: PersonOfStanding[]; errors: Partial<Record<RuleField, string>>; tried: Tried | null; open: OpenList };

const SPAM_STEPS = [60, 70, 80, 90, 95];
const NEVER = RULE_NUMBERS.spamAbove.max;

const spamOptions = (now: number) =>
  [...new Set([...SPAM_STEPS, now, NEVER])].sort((a, b) => a - b).map((percent) => ({ value: String(percent), label: percent === NEVER ? 'Never' : `From ${percent} %` }));

/** Every rule that an owner sets, in the order in which they are asked. */
export function RulesFields({ view: { rules, lists }, people, errors, tried, open }: Props) {
  const list = (name: RuleList, label: string, hint: string) => <RulesListField name={name} label={`${label}, one a line`} hint={hint} list={lists[name]} error={errors[name]} open={open} />;
  const number = (name: RuleNumber, label: string, hint?: string) =>
    <Field id={`rule-${name}`} name={name} type="number" label={label} hint={hint} maxLength={6} required defaultValue={String(rules[name])} error={errors[name]} />;
  return (
    <div className="rules-parts">
      <RulesSection id="not-allowed" rules={['disallowed-word']} tried={tried}>{list('disallowedWords', 'Words that are not allowed', WORD_HINT)}</RulesSection>
      <RulesSection id="refused" rules={['refused', 'always-held']} tried={tried}>
        {list('refused', 'Refused writers', REFUSED_HINT)}
        <div id="held-people"><RulesPeople people={people} standings={['held', 'suspended', 'banned']} title="People who are held or shut out" none="Nobody is." /></div>
      </RulesSection>
      <RulesSection id="spam" rules={['spam-score', 'akismet', 'akismet-silent']} tried={tried}>
        <SelectField id="rule-spamAbove" name="spamAbove" label="Sort to Spam" options={spamOptions(rules.spamAbove)} defaultValue={String(rules.spamAbove)} error={errors.spamAbove} />
        <AkismetLine />
      </RulesSection>
      <RulesSection id="hold-all" rules={['hold-all']} tried={tried}>
        <input type="hidden" name="holdAll" value="off" />
        <Check name="holdAll" label="Hold every comment" defaultChecked={rules.holdAll} />
      </RulesSection>
      <RulesSection id="links" rules={['links', 'mostly-links']} tried={tried}>
        {number('maxLinks', 'Hold from so many links on', '0: the number does not matter.')}
        <MostlyLinks />
      </RulesSection>
      <RulesSection id="held-words" rules={['held-word']} tried={tried}>{list('heldWords', 'Held words', WORD_HINT)}</RulesSection>
      <RulesSection id="trusted" rules={['trusted']} tried={tried}>
        {list('trusted', 'Trusted writers', TRUSTED_HINT)}
        <RulesPeople people={people} standings={['trusted']} title="People you trust" none="Nobody is marked as trusted." />
      </RulesSection>
      <RulesSection id="always"><RulesAlways /></RulesSection>
      <RulesSection id="pace">
        {number('floodSeconds', 'Seconds between two comments')}
        {number('sensitiveFloodSeconds', 'Seconds on a sensitive post')}
      </RulesSection>
      <RulesSection id="care">
        <SelectField id="rule-newPostCare" name="newPostCare" label="A new post is" options={Object.values(Care).map((value) => ({ value, label: CARE_WORDS[value] }))} defaultValue={rules.newPostCare} error={errors.newPostCare} />
        {number('sensitiveDays', 'Days after which a sensitive post closes', '0: it stays open.')}
      </RulesSection>
      <RulesSection id="closing">{number('closeAfterDays', 'Days after which comments close', '0: they stay open.')}</RulesSection>
    </div>
  );
}
