import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SettingsScreen } from '@/components/site/settings-screen';
import { siteOrigin } from '@/lib/site-origin';
import { readLoginSettings } from '@/lib/identity/login-settings';
import { isOwner } from '@/lib/identity/rules';
import { countQueues } from '@/lib/moderation/queries';
import { listMenuChoices } from '@/lib/posts/menu';
import { languageChoices, zoneChoices } from '@/lib/site/languages';
import { findSettings } from '@/lib/site/settings';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { otherSitesAction, reportsAction, saveSectionAction, showStepsAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.settings'), robots: { index: false } });

/** How the blog is set up, for its owner. */
export default async function Page() {
  const person = await deskPerson();
  if (!isOwner(person)) notFound();
  const [counts, settings, pages, logins] = await Promise.all([countQueues(person), findSettings(person), listMenuChoices(new Date()), readLoginSettings(siteOrigin())]);
  if (!settings) notFound();
  return (
    <SettingsScreen
      logins={logins} counts={counts} settings={settings} pages={pages} person={person} signOut={signOutAction}
      choices={{ zones: zoneChoices(settings.timeZone), languages: languageChoices(settings.language) }}
      actions={{ save: saveSectionAction, reports: reportsAction, otherSites: otherSitesAction, showSteps: showStepsAction }}
    />
  );
}
