'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { MOVING_PATH, type BackupsState, type BackupView } from '@/lib/transfer/desk/moving';
import { t } from '@/lib/words/t';

type Props = { backups: BackupsState; site: SiteLocale; action: (state: BackupsState, form: FormData) => Promise<BackupsState> };

/** The backups that are kept, each to be taken along, and a way to have one made now. */
export function BackupsForm({ backups, site, action }: Props) {
  const [{ kept, isBeingMade, failure, message }, make, isPending] = useActionState(action, backups);
  return (
    <div className="moving-card">
      {message && <p role="alert" className="moving-failure">{message}</p>}
      {failure && <p className="moving-failure">{t.rich('transfer.backups.lastFailed', { sentence: failure.sentence, time: () => <Time at={new Date(failure.at)} site={site} withClock /> })}</p>}
      {kept.length === 0 && <p>{t('transfer.backups.noneYet')}</p>}
      {kept.length > 0 && (
        <ul className="moving-list" aria-label={t('transfer.backups.list')}>
          {kept.map((backup) => <li key={backup.name}><Backup backup={backup} site={site} /></li>)}
        </ul>
      )}
      <form action={make} className="moving-buttons">
        <Button quiet disabled={isPending}>{isBeingMade ? t('transfer.backups.lookAgain') : t('transfer.backups.make')}</Button>
        <p role="status">{isBeingMade && t('transfer.backups.beingMade')}</p>
      </form>
    </div>
  );
}

function Backup({ backup: { name, at, bytes }, site }: { backup: BackupView; site: SiteLocale }) {
  const size = sizeText(bytes, site.language);
  return (
    <>
      <span><Time at={new Date(at)} site={site} withClock /> <small>{name.startsWith('before-') ? t('transfer.backups.sizeBeforeUpdate', { size }) : name.endsWith('-by-hand') ? t('transfer.backups.sizeAskedFor', { size }) : size}</small></span>
      <a href={`${MOVING_PATH}/backups/${name}.tar`} download aria-label={t('transfer.backups.downloadNamed', { name })}>{t('transfer.backups.download')}</a>
    </>
  );
}
