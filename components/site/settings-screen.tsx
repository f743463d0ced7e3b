import { LoginSettings } from '@/components/identity/login-settings';
import { QueueRail } from '@/components/moderation/queue-rail';
import type { LoginSettingsView } from '@/lib/identity/login-settings';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SettingsState, SiteLocale } from '@/lib/site/schema';
import { ReportsForm } from './reports-form';

type Props = {
  logins: LoginSettingsView;
  counts: Record<Queue, number>;
  site: SiteLocale;
  reportsToHold: number;
  reportsAction: (state: SettingsState, form: FormData) => Promise<SettingsState>;
  person: Pick<Person, 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** How the blog is set up, one section after another. */
export function SettingsScreen({ logins, counts, site, reportsToHold, reportsAction, person, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="settings" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="settings" tabIndex={-1}>
        <h1>Settings</h1>
        <p><a href="/admin/rules">Rules: which comments are held, let through, or refused</a></p>
        <ReportsForm reportsToHold={reportsToHold} action={reportsAction} />
        <LoginSettings logins={logins} site={site} />
      </main>
    </div>
  );
}
