import { AkismetState } from '@/components/moderation/akismet-state';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Time } from '@/components/ui/time';
import type { BackupState } from '@/lib/backup/files';
import { sizeText } from '@/lib/size-text';
import type { Person } from '@/lib/identity/schema';
import type { AkismetStateView } from '@/lib/moderation/akismet-state';
import type { Queue } from '@/lib/moderation/schema';
import type { HealthView } from '@/lib/site/health';
import type { SiteLocale } from '@/lib/site/schema';

type Props = {
  health: HealthView;
  backups: BackupState;
  akismet: AkismetStateView | null;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const BYTES_IN_MB = 1024 * 1024;

/** How the blog itself is: what went wrong since it was started, in plain words, and what it is made of. */
export function HealthScreen({ health, backups, akismet, counts, site, person, signOut }: Props) {
  const { faults, pages, version, startedAt } = health;
  const { last, failure } = backups;
  const isDeaf = pages !== null && !pages.isListening;
  return (
    <div className="desk">
      <QueueRail here="health" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="health" tabIndex={-1}>
        <h1>Health</h1>
        {faults.length === 0 && !isDeaf && !failure && <p className="health-fine">Everything is in order.</p>}
        {isDeaf && <p className="health-fault">What others change is not heard just now, so no page is kept. Every page is right all the same; it only takes longer.</p>}
        {failure && <p className="health-fault">The backup of <Time at={failure.at} site={site} withClock /> was not made. {failure.sentence}</p>}
        {faults.length > 0 && <FaultList faults={faults} site={site} />}
        <dl className="health-facts">
          <div><dt>Version</dt><dd>{version}</dd></div>
          <div><dt>Running since</dt><dd><Time at={startedAt} site={site} withClock /></dd></div>
          <div><dt>Last backup</dt><dd>{last ? <><Time at={last.madeAt} site={site} withClock /> <small>{sizeText(last.bytes, site.language)}</small></> : 'None yet: one is made every night'}</dd></div>
          {pages && <PageFacts pages={pages} />}
        </dl>
        <p className="health-note">This is what the process that answered you knows since it was started. Where several share one blog, each has its own; backups are those on its machine.</p>
        <AkismetState akismet={akismet} site={site} />
      </main>
    </div>
  );
}

function FaultList({ faults, site }: Pick<HealthView, 'faults'> & { site: SiteLocale }) {
  return (
    <ul className="health-faults" aria-label="Faults">
      {faults.map(({ sentence, path, count, firstAt, lastAt }) => (
        <li key={sentence} className="health-fault">
          <p>{sentence}</p>
          <p className="health-when">
            {count === 1 ? 'Once, on ' : `${count} times, first on `}
            <Time at={firstAt} site={site} withClock />
            {count > 1 && <>, last on <Time at={lastAt} site={site} withClock /></>}
            {path !== null && <>, at <code>{path}</code></>}.
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
      <div><dt>Pages kept</dt><dd>{kept} <small>{(bytes / BYTES_IN_MB).toFixed(1)} MB</small></dd></div>
      <div><dt>Answered from them</dt><dd>{asked === 0 ? 'Nothing was asked for yet' : <>{Math.floor((100 * hits) / asked)} % <small>of {asked} requests</small></>}</dd></div>
    </>
  );
}
