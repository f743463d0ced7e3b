import type { Person } from '@/lib/identity/schema';
import { QUEUES, type Queue } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';

type Props = {
  /** What is shown beside it. */
  here: Queue | 'health';
  counts: Record<Queue, number>;
  person: Pick<Person, 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const NAMES: Record<Queue, string> = { pending: 'Pending', approved: 'Approved', spam: 'Spam', trash: 'Trash', all: 'All' };

/** The left edge of the desk: the queues with their counts, the way to the blog and out. */
export function QueueRail({ here, counts, person, signOut }: Props) {
  return (
    <header className="rail">
      <p className="rail-home">
        <a href="/">View the blog</a>
      </p>
      <nav aria-label="Queues">
        <ul className="rail-list">
          {QUEUES.map((name) => (
            <li key={name}>
              <a className="rail-link" href={`/admin/comments?queue=${name}`} aria-current={name === here ? 'page' : undefined}>
                {NAMES[name]} <span className="rail-count">{counts[name]}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {person.role === 'owner' && (
        <nav aria-label="The blog">
          <ul className="rail-list">
            <li>
              <a className="rail-link" href="/admin/health" aria-current={here === 'health' ? 'page' : undefined}>Health</a>
            </li>
          </ul>
        </nav>
      )}
      <form className="rail-end" action={signOut}>
        <p>
          {person.name} <small>{person.role}</small>
        </p>
        <Button quiet>Sign out</Button>
      </form>
    </header>
  );
}
