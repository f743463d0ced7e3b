import type { Person } from '@/lib/identity/schema';
import { RULE_SECTIONS } from '@/lib/moderation/rule-anchors';
import type { Tried } from '@/lib/moderation/rules-form';
import type { RulesView } from '@/lib/moderation/rules-view';
import type { Queue } from '@/lib/moderation/schema';
import type { PersonOfStanding } from '@/lib/people/queries';
import type { SiteLocale } from '@/lib/site/schema';
import { QueueRail } from './queue-rail';
import { RulesForm, type RulesActions } from './rules-form';
import { RulesText } from './rules-text';
import { RULE_WORDS } from './rules-words';

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
        <h1>Rules</h1>
        <p className="rules-intro">Each new comment goes through these rules from the top of this page down, and the first rule that speaks decides.{!view.isOwner && ' An owner changes them.'}</p>
        <nav className="rules-contents" aria-label="Rules">
          <ol>{RULE_SECTIONS.map((id) => <li key={id}><a href={`#${id}`}>{RULE_WORDS[id].title}</a></li>)}</ol>
        </nav>
        {present ? <RulesForm view={view} people={people ?? []} present={present} site={site} actions={actions} /> : <RulesText view={view} people={people} />}
        {present && <p className="rules-words">What you try is tried on what is known of past comments. Who wrote from a range of addresses on the network is not known any more: only single addresses are found. How a comment came, and its spam score at the time, count as nothing noticed.</p>}
      </main>
    </div>
  );
}
