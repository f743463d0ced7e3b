import { LoginSettings } from '@/components/identity/login-settings';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import type { LoginSettingsView } from '@/lib/identity/login-settings';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { MenuPage } from '@/lib/posts/menu';
import type { SettingsState } from '@/lib/site/schema';
import type { SettingsView } from '@/lib/site/settings-form';
import { ReportsForm } from './reports-form';
import type { SaveSection } from './section-form';
import { LookSection } from './settings-look-form';
import { MenuSection } from './settings-menu-form';
import { ReadingSection, type Choices } from './settings-reading-form';
import { AboutSection, ConductSection, ElsewhereSection, NameSection } from './settings-texts-form';

type Props = {
  logins: LoginSettingsView;
  counts: Record<Queue, number>;
  settings: SettingsView;
  pages: MenuPage[];
  choices: Choices;
  actions: { save: SaveSection; reports: (state: SettingsState, form: FormData) => Promise<SettingsState>; showSteps: () => Promise<void> };
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const PLACES = [
  ['name', 'Name'], ['about', 'About the author'], ['look', 'Look'], ['menu', 'Menu'], ['reading', 'Pages and dates'], ['elsewhere', 'Elsewhere'], ['conduct', 'Code of conduct'],
  ['settings-reports', 'Readers’ reports'], ['ways-to-sign-in', 'Ways to sign in'],
] as const;

/** How the blog is set up, one section after another, each saved by itself. */
export function SettingsScreen({ logins, counts, settings, pages, choices, actions, person, signOut }: Props) {
  const { save, reports, showSteps } = actions;
  return (
    <div className="desk">
      <QueueRail here="settings" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="settings" tabIndex={-1}>
        <h1>Settings</h1>
        <nav aria-label="Sections of the settings">
          <ul className="settings-places">{PLACES.map(([id, name]) => <li key={id}><a href={`#${id}`}>{name}</a></li>)}</ul>
        </nav>
        <p><a href="/admin/rules">Rules: which comments are held, let through, or refused, and when they close</a></p>
        <NameSection settings={settings} action={save} />
        <AboutSection settings={settings} action={save} />
        <LookSection settings={settings} action={save} />
        <MenuSection settings={settings} pages={pages} action={save} />
        <ReadingSection settings={settings} choices={choices} action={save} />
        <ElsewhereSection settings={settings} action={save} />
        <ConductSection settings={settings} action={save} />
        <ReportsForm reportsToHold={settings.reportsToHold} action={reports} />
        <LoginSettings logins={logins} site={settings} />
        {settings.stepsHidden && (
          <form action={showSteps} className="settings-end">
            <p>The first steps are hidden on your desk.</p>
            <Button quiet>Show them again</Button>
          </form>
        )}
      </main>
    </div>
  );
}
