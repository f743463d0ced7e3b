import { AkismetState } from '@/components/moderation/akismet-state';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Time } from '@/components/ui/time';
import type { BackupState } from '@/lib/backup/files';
import { sizeText } from '@/lib/size-text';
import type { Person } from '@/lib/identity/schema';
import type { AkismetStateView } from '@/lib/moderation/akismet-state';
import type { Queue } from '@/lib/moderation/schema';
import type { HealthFacts, HealthView } from '@/lib/site/health';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Fact, HealthFactList } from './health-facts';

type Props = {
  health: HealthView;
  /** What the database says; null while it does not answer. */
  facts: HealthFacts | null;
  /** Room on the disk of this machine. `isLow`: there is hardly any. */
  disk: { bytes: number; isLow: boolean } | null;
  backups: BackupState;
  akismet: AkismetStateView | null;
  /** Null while the database does not answer. */
  counts: Record<Queue, number> | null;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const BYTES_IN_MB = 1024 * 1024;

/** How the blog itself is: what went wrong since it was started, in plain words, and what it is made of. */
export function HealthScreen({ health, facts, disk, backups, akismet, counts, site, person, signOut }: Props) {
  const { faults, pages, version, startedAt } = health;
  const { last, failure } = backups;
  const isDeaf = pages !== null && !pages.isListening;
  const isFine = facts !== null && facts.undone.length === 0 && faults.length === 0 && !isDeaf && !failure && !disk?.isLow;
  return (
    <div className="desk">
      <QueueRail here="health" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="health" tabIndex={-1}>
        <h1>{t('site.health.heading')}</h1>
        {facts === null && <p className="health-fault">{t('site.health.away')}</p>}
        {disk?.isLow && <p className="health-fault">{t('site.health.lowDisk', { size: sizeText(disk.bytes, site.language) })}</p>}
        {isFine && <p className="health-fine">{t('site.health.fine')}</p>}
        {isDeaf && <p className="health-fault">{t('site.health.deaf')}</p>}
        {failure && <p className="health-fault">{t.rich('site.health.noBackup', { why: failure.sentence, time: () => <Time at={failure.at} site={site} withClock /> })}</p>}
        {faults.length > 0 && <FaultList faults={faults} site={site} />}
        <dl className="health-facts">
          <div><dt>{t('site.health.version')}</dt><dd>{version}</dd></div>
          <div><dt>{t('site.health.runningSince')}</dt><dd><Time at={startedAt} site={site} withClock /></dd></div>
          <div><dt>{t('site.health.lastBackup')}</dt><dd>{last ? <><Time at={last.madeAt} site={site} withClock /> <small>{sizeText(last.bytes, site.language)}</small></> : t('site.health.noneYet')}</dd></div>
          {pages && <PageFacts pages={pages} />}
          {disk && <Fact name={t('site.health.onDisk')}>{sizeText(disk.bytes, site.language)}</Fact>}
          {facts && <HealthFactList facts={facts} site={site} />}
        </dl>
        <p className="health-note">{t('site.health.note')}</p>
        {facts && <AkismetState akismet={akismet} site={site} />}
      </main>
    </div>
  );
}

function FaultList({ faults, site }: Pick<HealthView, 'faults'> & { site: SiteLocale }) {
  return (
    <ul className="health-faults" aria-label={t('site.health.faults')}>
      {faults.map(({ sentence, path, count, firstAt, lastAt }) => (
        <li key={sentence} className="health-fault">
          <p>{sentence}</p>
          <p className="health-when">
            {t.rich('site.health.fault', {
              count, where: path === null ? 'nowhere' : 'page', path: () => <code>{path}</code>,
              first: () => <Time at={firstAt} site={site} withClock />, last: () => <Time at={lastAt} site={site} withClock />,
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}

function PageFacts({ pages: { kept, bytes, hits, misses } }: { pages: NonNullable<HealthView['pages']> }) {
  const asked = hits + misses;
  return (
    <>
      <div><dt>{t('site.health.pagesKept')}</dt><dd>{kept} <small>{t('site.health.megabytes', { size: bytes / BYTES_IN_MB })}</small></dd></div>
      <div><dt>{t('site.health.answered')}</dt><dd>{asked === 0 ? t('site.health.nothingAsked') : t.rich('site.health.share', { percent: Math.floor((100 * hits) / asked), count: asked, small: (words) => <small>{words}</small> })}</dd></div>
    </>
  );
}
