import { slotOf } from '../lib/cache-tags';
import { log } from '../lib/log';
import { findLanguage } from '../lib/site/queries';
import { speak } from '../lib/words/languages';
import type { Changes } from './changes';
import type { Handler, Work } from './job-handlers';

const SITE = [slotOf('site')];

/** Sees to it that this process speaks the blog's language; cheap where no change of the site has been heard of. Never fails: what was spoken is spoken on. */
export type SpeakSite = () => Promise<void>;

/** Speaks as the site's row says, read anew after each change of it that `changes` knows: so the first page after an owner's choice is in it. */
export function speakingSite(changes: Changes, read: () => Promise<string> = findLanguage): SpeakSite {
  let since = -1;
  return async () => {
    if (since >= 0 && changes.areUnchanged(SITE, since)) return;
    const now = changes.now;
    try {
      speak(await read());
      since = Math.max(since, now);
    } catch (error) {
      log.warn({ err: error }, 'In which language the blog speaks could not be read.');
    }
  };
}

/** The same jobs, each begun in the blog's language: mails are written by them. */
export function spokenWork<Name extends string>(work: Record<Name, Work>, speakSite: SpeakSite): Record<Name, Work> {
  const spokenHandler = (handle: Handler): Handler => async (data, signal) => {
    await speakSite();
    return handle(data, signal);
  };
  const entries = Object.entries<Work>(work).map(([name, how]) => [name, { ...how, handle: spokenHandler(how.handle) }]);
  return Object.fromEntries(entries) as Record<Name, Work>;
}
