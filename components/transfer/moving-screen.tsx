import { QueueRail } from '@/components/moderation/queue-rail';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { MOVING_PATH, TAKEN_ALONG, type BackupsState, type TransferView } from '@/lib/transfer/desk/moving';
import { BackupsForm } from './backups-form';
import { ImportForm, type ImportActions } from './import-form';

type Props = {
  transfer: TransferView | null;
  backups: BackupsState;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  actions: ImportActions & { backup: (state: BackupsState, form: FormData) => Promise<BackupsState> };
  signOut: () => Promise<void>;
};

/** Moving house: a blog comes here, and may leave again. */
export function MovingScreen({ transfer, backups, counts, site, person, actions: { backup, ...actions }, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="moving" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="moving" tabIndex={-1}>
        <h1>Moving</h1>
        <section aria-labelledby="moving-here">
          <h2 id="moving-here">Bring a blog here</h2>
          <p>Your old blog can give you a file with everything in it. Send it here: it is checked first, and you see what would come in before anything changes.</p>
          <ul className="moving-promises">
            <li>Drafts, private and password-protected posts, and held comments stay unseen. Nothing is published that was not.</li>
            <li>What you wrote here stays as it is, and the same file twice doubles nothing. The sample posts make room, unless somebody has written under them.</li>
            <li>Old addresses lead to the new ones.</li>
          </ul>
          <ImportForm transfer={transfer} site={site} actions={actions} />
        </section>
        <section aria-labelledby="moving-away">
          <h2 id="moving-away">Take it with you</h2>
          <p>Everything you wrote is yours. These files hold drafts and e-mail addresses as well: keep them safe.</p>
          <ul className="moving-card moving-list">
            {TAKEN_ALONG.map(({ file, name, words }) => (
              <li key={file}>
                <span>{words}</span>
                <a href={`${MOVING_PATH}/${file}`} download>{name}</a>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="moving-backups">
          <h2 id="moving-backups">Backups</h2>
          <p>Every night the whole blog is copied, with accounts, subscriptions and settings; the last seven are kept. Download one now and then, so that a copy lies elsewhere. To put one back, run <code>npm run restore</code> on the blog’s machine.</p>
          <BackupsForm backups={backups} site={site} action={backup} />
        </section>
      </main>
    </div>
  );
}
