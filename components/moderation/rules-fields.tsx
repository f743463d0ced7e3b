'use client';

import type { PersonOfStanding } from '@/lib/people/queries';
import { RULE_NUMBERS, type RuleField, type RuleList, type RuleNumber, type Tried } from '@/lib/moderation/rules-form';
import type { RulesView } from '@/lib/moderation/rules-view';
import { Care } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { RulesAlways } from './rules-always';
import { RulesListField, type OpenList } from './rules-list-field';
import { RulesPeople } from './rules-people';
import { RulesSection } from './rules-section';
import { AkismetLine, MostlyLinks } from './rules-text';

type Props = { view: RulesView; people: PersonOfStanding[]; errors: Partial<Record<RuleField, string>>; tried: Tried | null; open: OpenList };

const SPAM_STEPS = [60, 70, 80, 90, 95];
const NEVER = RULE_NUMBERS.spamAbove.max;

const spamOptions = (now: number) =>
  [...new Set([...SPAM_STEPS, now, NEVER])].sort((a, b) => a - b).map((percent) => ({ value: String(percent), label: percent === NEVER ? t('moderation.ruleFields.never') : t('moderation.ruleFields.fromPercent', { percent }) }));

/** Every rule that an owner sets, in the order in which they are asked. */
export function RulesFields({ view: { rules, lists }, people, errors, tried, open }: Props) {
  const list = (name: RuleList, hint: string) => <RulesListField name={name} label={t(`moderation.ruleLists.${name}`)} hint={hint} list={lists[name]} error={errors[name]} open={open} />;
  const number = (name: Exclude<RuleNumber, 'spamAbove'>, hint?: string) =>
    <Field id={`rule-${name}`} name={name} type="number" label={t(`moderation.ruleFields.${name}`)} hint={hint} maxLength={6} required defaultValue={String(rules[name])} error={errors[name]} />;
  return (
    <div className="rules-parts">
      <RulesSection id="not-allowed" rules={['disallowed-word']} tried={tried}>{list('disallowedWords', t('moderation.listHints.words'))}</RulesSection>
      <RulesSection id="refused" rules={['refused', 'always-held']} tried={tried}>
        {list('refused', t('moderation.listHints.refused'))}
        <div id="held-people"><RulesPeople people={people} standings={['held', 'suspended', 'banned']} title={t('moderation.rules.shutOut')} none={t('moderation.rules.nobodyShutOut')} /></div>
      </RulesSection>
      <RulesSection id="spam" rules={['spam-score', 'akismet', 'akismet-silent']} tried={tried}>
        <SelectField id="rule-spamAbove" name="spamAbove" label={t('moderation.ruleFields.spamAbove')} options={spamOptions(rules.spamAbove)} defaultValue={String(rules.spamAbove)} error={errors.spamAbove} />
        <AkismetLine>{' '}<a href="/admin/health#akismet-title">{t('moderation.rules.howAkismetDoes')}</a></AkismetLine>
      </RulesSection>
      <RulesSection id="hold-all" rules={['hold-all']} tried={tried}>
        <Check name="holdAll" label={t('moderation.ruleFields.holdAll')} defaultChecked={rules.holdAll} />
      </RulesSection>
      <RulesSection id="links" rules={['links', 'mostly-links']} tried={tried}>
        {number('maxLinks', t('moderation.ruleFields.maxLinksHint'))}
        <MostlyLinks />
      </RulesSection>
      <RulesSection id="held-words" rules={['held-word']} tried={tried}>{list('heldWords', t('moderation.listHints.words'))}</RulesSection>
      <RulesSection id="trusted" rules={['trusted']} tried={tried}>
        {list('trusted', t('moderation.listHints.trusted'))}
        <RulesPeople people={people} standings={['trusted']} title={t('moderation.rules.trusted')} none={t('moderation.rules.nobodyTrusted')} />
      </RulesSection>
      <RulesSection id="always"><RulesAlways /></RulesSection>
      <RulesSection id="pace">
        {number('floodSeconds')}
        {number('sensitiveFloodSeconds')}
      </RulesSection>
      <RulesSection id="care">
        <SelectField id="rule-newPostCare" name="newPostCare" label={t('moderation.ruleFields.newPostCare')} options={Object.values(Care).map((value) => ({ value, label: t(`moderation.care.${value}`) }))} defaultValue={rules.newPostCare} error={errors.newPostCare} />
        {number('sensitiveDays', t('moderation.ruleFields.sensitiveDaysHint'))}
      </RulesSection>
      <RulesSection id="closing">{number('closeAfterDays', t('moderation.ruleFields.closeAfterDaysHint'))}</RulesSection>
    </div>
  );
}
