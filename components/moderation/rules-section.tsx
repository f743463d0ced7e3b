import type { ReactNode } from 'react';
import type { RuleSection } from '@/lib/moderation/rule-anchors';
import { decidesWords, type Deciding, type Tried } from '@/lib/moderation/rules-form';
import type { HeldRule } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';

type Props = {
  id: RuleSection;
  /** The rules that it is about, and what those decide now; null where that is not told. */
  rules?: readonly HeldRule[];
  tried?: Pick<Tried, 'of' | 'saved' | 'edited'> | null;
  children: ReactNode;
};

const sumOf = (deciding: Deciding, rules: readonly HeldRule[]): number => rules.reduce((sum, rule) => sum + (deciding[rule] ?? 0), 0);

/** One part of the rules: what it is called, what it does, and how much it decides. A link to the rule leads here. */
export function RulesSection({ id, rules = [], tried = null, children }: Props) {
  return (
    <section className="rules-part" id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{t(`moderation.ruleTitles.${id}`)}</h2>
      <p className="rules-words">{t(`moderation.ruleMeans.${id}`)}</p>
      {children}
      {tried && rules.length > 0 && tried.of > 0 && <RuleDecides {...tried} rules={rules} />}
    </section>
  );
}

function RuleDecides({ of, saved, edited, rules }: Pick<Tried, 'of' | 'saved' | 'edited'> & { rules: readonly HeldRule[] }) {
  const [now, then] = [sumOf(saved, rules), sumOf(edited, rules)];
  const decides = decidesWords(now, of);
  return <p className="rules-decides">{now === then ? `${decides}.` : t.rich('moderation.rules.decidesThen', { decides, count: then, strong: (words) => <strong>{words}</strong> })}</p>;
}
