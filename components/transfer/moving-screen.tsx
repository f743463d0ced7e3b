import { t } from '@/lib/words/t';
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
        <h1>{t('transfer.page.heading')}</h1>
        <section aria-labelledby="moving-here">
          <h2 id="moving-here">{t('transfer.page.here')}</h2>
          <p>{t('transfer.page.hereIntro')}</p>
          <ul className="moving-promises">
            <li>{t('transfer.page.staysUnseen')}</li>
            <li>{t('transfer.page.staysAsItIs')}</li>
            <li>{t('transfer.page.oldAddresses')}</li>
          </ul>
          <ImportForm transfer={transfer} site={site} actions={actions} />
        </section>
        <section aria-labelledby="moving-away">
          <h2 id="moving-away">{t('transfer.page.away')}</h2>
          <p>{t('transfer.page.awayIntro')}</p>
          <ul className="moving-card moving-list">
            {TAKEN_ALONG.map(({ file, name }) => (
              <li key={file}>
                <span>{t(`transfer.taken.${name}`)}</span>
                <a href={`${MOVING_PATH}/${file}`} download>{t(`transfer.takenNames.${name}`)}</a>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="moving-backups">
          <h2 id="moving-backups">{t('transfer.page.backups')}</h2>
          <p>{t.rich('transfer.page.backupsIntro', { code: (chunks) => <code>{chunks}</code> })}</p>
          <BackupsForm backups={backups} site={site} action={backup} />
        </section>
      </main>
    </div>
  );
}
