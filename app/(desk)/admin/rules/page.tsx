import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { RulesScreen } from '@/components/moderation/rules-screen';
import { countQueues } from '@/lib/moderation/queries';
import { findRulesFor } from '@/lib/moderation/rules-view';
import { tryRules } from '@/lib/moderation/try-rules';
import { listByStanding } from '@/lib/people/queries';
import { maySeePeople } from '@/lib/people/rules';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { openListAction, saveRulesAction, tryRulesAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.rules'), robots: { index: false } });

/** The rules by which comments are screened. */
export default async function Page() {
  const person = await deskPerson();
  const now = new Date();
  const [view, tried, people, counts, { language, timeZone }] = await Promise.all([findRulesFor(person), tryRules(person, {}, now), listByStanding(person, now), countQueues(person), site()]);
  const { userId, name, role } = person;
  return (
    <RulesScreen
      view={view} people={maySeePeople(person) ? people : null} present={tried.ok ? tried.value : null} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }}
      actions={{ save: saveRulesAction, tryOut: tryRulesAction, open: openListAction }} signOut={signOutAction}
    />
  );
}
