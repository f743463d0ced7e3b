import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SettingsScreen } from '@/components/site/settings-screen';
import { siteOrigin } from '@/lib/site-origin';
import { readLoginSettings } from '@/lib/identity/login-settings';
import { isOwner } from '@/lib/identity/rules';
import { countQueues } from '@/lib/moderation/queries';
import { listMenuChoices } from '@/lib/posts/menu';
import { findRetention } from '@/lib/privacy/retention';
import { languageChoices, zoneChoices } from '@/lib/site/languages';
import { findSettings } from '@/lib/site/settings';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { otherSitesAction, reportsAction, retentionAction, saveSectionAction, showStepsAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.settings'), robots: { index: false } });

/** How the blog is set up, for its owner. */
export default async function Page() {
  const person = await deskPerson();
  if (!isOwner(person)) notFound();
  const [counts, settings, retention, pages, logins] = await Promise.all([countQueues(person), findSettings(person), findRetention(), listMenuChoices(new Date()), readLoginSettings(siteOrigin())]);
  if (!settings) notFound();
  return (
    <SettingsScreen
      logins={logins} counts={counts} settings={settings} retention={retention} pages={pages} person={person} signOut={signOutAction}
      choices={{ zones: zoneChoices(settings.timeZone), languages: languageChoices(settings.language) }}
      actions={{ save: saveSectionAction, reports: reportsAction, otherSites: otherSitesAction, retention: retentionAction, showSteps: showStepsAction }}
    />
  );
}
