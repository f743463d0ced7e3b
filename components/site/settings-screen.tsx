import { LoginSettings } from '@/components/identity/login-settings';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import type { LoginSettingsView } from '@/lib/identity/login-settings';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { MenuPage } from '@/lib/posts/menu';
import type { SettingsView } from '@/lib/site/settings-form';
import type { Retention } from '@/lib/privacy/schema';
import { spokenLanguages } from '@/lib/site/spoken-languages';
import { t } from '@/lib/words/t';
import { RetentionForm } from '@/components/privacy/retention-form';
import { OtherSitesForm } from './other-sites-form';
import { ReportsForm } from './reports-form';
import type { SaveSection } from './section-form';
import type { SaveSetting } from './setting-form';
import { LookSection } from './settings-look-form';
import { MenuSection } from './settings-menu-form';
import { ReadingSection, type Choices } from './settings-reading-form';
import { AboutSection, ConductSection, ElsewhereSection, NameSection } from './settings-texts-form';

type Props = {
  logins: LoginSettingsView;
  counts: Record<Queue, number>;
  settings: SettingsView;
  retention: Retention;
  pages: MenuPage[];
  choices: Omit<Choices, 'spoken'>;
  actions: { save: SaveSection; reports: SaveSetting; otherSites: SaveSetting; retention: SaveSetting; showSteps: () => Promise<void> };
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const PLACES = [
  ['name', 'site.section.name'], ['about', 'site.section.about'], ['look', 'site.section.look'], ['menu', 'site.section.menu'], ['reading', 'site.section.reading'],
  ['elsewhere', 'site.section.elsewhere'], ['conduct', 'site.section.conduct'], ['settings-reports', 'site.section.reports'], ['settings-other-sites', 'site.section.otherSites'],
  ['settings-retention', 'privacy.settings.heading'], ['ways-to-sign-in', 'identity.logins.heading'],
] as const;

/** How the blog is set up, one section after another, each saved by itself. */
export function SettingsScreen({ logins, counts, settings, retention, pages, choices, actions, person, signOut }: Props) {
  const { save, reports, otherSites, retention: saveRetention, showSteps } = actions;
  return (
    <div className="desk">
      <QueueRail here="settings" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="settings" tabIndex={-1}>
        <h1>{t('site.settings.heading')}</h1>
        <nav aria-label={t('site.settings.sections')}>
          <ul className="settings-places">{PLACES.map(([id, name]) => <li key={id}><a href={`#${id}`}>{t(name)}</a></li>)}</ul>
        </nav>
        <p><a href="/admin/rules">{t('site.settings.rules')}</a></p>
        <NameSection settings={settings} action={save} />
        <AboutSection settings={settings} action={save} />
        <LookSection settings={settings} action={save} />
        <MenuSection settings={settings} pages={pages} action={save} />
        <ReadingSection settings={settings} choices={{ ...choices, spoken: spokenLanguages() }} action={save} />
        <ElsewhereSection settings={settings} action={save} />
        <ConductSection settings={settings} action={save} />
        <ReportsForm reportsToHold={settings.reportsToHold} action={reports} />
        <OtherSitesForm settings={settings} action={otherSites} />
        <RetentionForm retention={retention} action={saveRetention} />
        <LoginSettings logins={logins} site={settings} />
        {settings.stepsHidden && (
          <form action={showSteps} className="settings-end">
            <p>{t('site.settings.stepsHidden')}</p>
            <Button quiet>{t('site.settings.showSteps')}</Button>
          </form>
        )}
      </main>
    </div>
  );
}
