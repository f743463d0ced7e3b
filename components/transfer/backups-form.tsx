'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { MOVING_PATH, type BackupsState, type BackupView } from '@/lib/transfer/desk/moving';

type Props = { backups: BackupsState; site: SiteLocale; action: (state: BackupsState, form: FormData) => Promise<BackupsState> };

/** The backups that are kept, each to be taken along, and a way to have one made now. */
export function BackupsForm({ backups, site, action }: Props) {
  const [{ kept, isBeingMade, failure, message }, make, isPending] = useActionState(action, backups);
  return (
    <div className="moving-card">
      {message && <p role="alert" className="moving-failure">{message}</p>}
      {failure && <p className="moving-failure">The last try did not work, on <Time at={new Date(failure.at)} site={site} withClock />: {failure.sentence}</p>}
      {kept.length === 0 && <p>There is none yet. The first is made tonight by itself.</p>}
      {kept.length > 0 && (
        <ul className="moving-list" aria-label="Backups, newest first">
          {kept.map((backup) => <li key={backup.name}><Backup backup={backup} site={site} /></li>)}
        </ul>
      )}
      <form action={make} className="moving-buttons">
        <Button quiet disabled={isPending}>{isBeingMade ? 'Look again' : 'Make one now'}</Button>
        <p role="status">{isBeingMade && 'A backup is being made. It stands here when it is whole.'}</p>
      </form>
    </div>
  );
}

function Backup({ backup: { name, at, bytes }, site }: { backup: BackupView; site: SiteLocale }) {
  return (
    <>
      <span><Time at={new Date(at)} site={site} withClock /> <small>{sizeText(bytes, site.language)}{name.startsWith('before-') && ', before an update'}{name.endsWith('-by-hand') && ', asked for'}</small></span>
      <a href={`${MOVING_PATH}/backups/${name}.tar`} download aria-label={`Download the backup ${name}`}>Download</a>
    </>
  );
}
