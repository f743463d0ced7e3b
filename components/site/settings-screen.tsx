import { LoginSettings } from '@/components/identity/login-settings';
import { QueueRail } from '@/components/moderation/queue-rail';
import type { LoginSettingsView } from '@/lib/identity/login-settings';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';

type Props = {
  logins: LoginSettingsView;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** How the blog is set up, one section after another. */
export function SettingsScreen({ logins, counts, site, person, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="settings" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="settings" tabIndex={-1}>
        <h1>Settings</h1>
        <LoginSettings logins={logins} site={site} />
      </main>
    </div>
  );
}
