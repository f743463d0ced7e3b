import type { Person } from '@/lib/identity/schema';
import { RULE_SECTIONS } from '@/lib/moderation/rule-anchors';
import type { Tried } from '@/lib/moderation/rules-form';
import type { RulesView } from '@/lib/moderation/rules-view';
import type { Queue } from '@/lib/moderation/schema';
import type { PersonOfStanding } from '@/lib/people/queries';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { QueueRail } from './queue-rail';
import { RulesForm, type RulesActions } from './rules-form';
import { RulesText } from './rules-text';

type Props = {
  view: RulesView;
  /** Null for those who do not see people. */
  people: PersonOfStanding[] | null;
  /** What the rules of now decide, for whoever may change them. */
  present: Tried | null;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  actions: RulesActions;
  signOut: () => Promise<void>;
};

/** The rules by which comments are let through or held: to read for everybody who has a desk, to change for an owner. */
export function RulesScreen({ view, people, present, counts, site, person, actions, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="rules" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="rules" tabIndex={-1}>
        <h1>{t('moderation.rules.heading')}</h1>
        <p className="rules-intro">{t('moderation.rules.intro')}{!view.isOwner && ` ${t('moderation.rules.ownerChanges')}`}</p>
        <nav className="rules-contents" aria-label={t('moderation.rules.contents')}>
          <ol>{RULE_SECTIONS.map((id) => <li key={id}><a href={`#${id}`}>{t(`moderation.ruleTitles.${id}`)}</a></li>)}</ol>
        </nav>
        {present ? <RulesForm view={view} people={people ?? []} present={present} site={site} actions={actions} /> : <RulesText view={view} people={people} />}
        {present && <p className="rules-words">{t('moderation.rules.triedOn')}</p>}
      </main>
    </div>
  );
}
