import type { NamedFlood } from '@/lib/comments/flood';
import { queuePath, wholeQueue } from '@/lib/moderation/rules';

/** Says that a flood of strangers' comments is on, and leads to what came with it, so that all of it can be decided on at once. */
export function FloodBanner({ flood: { comments, minutes, places }, count }: { flood: NamedFlood; count: Intl.NumberFormat }) {
  return (
    <section className="flood-banner" aria-labelledby="flood-title">
      <h2 id="flood-title">A flood is on</h2>
      <p>
        {count.format(comments)} comments from strangers in the last {minutes} minutes, from about {places === 1 ? 'one place' : `${count.format(places)} places`} on the network. Until it is over, everything from strangers is held.{' '}
        <a href={queuePath({ ...wholeQueue('pending'), rule: 'flood' })}>Show what came with it</a>
      </p>
    </section>
  );
}
