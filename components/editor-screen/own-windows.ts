import { windowWordSchema, type WindowWord } from '@/lib/posts/editor-wire';

export type OwnWindows = {
  /** The other windows of this browser in which this person has something open: the post of each, by window. */
  others: ReadonlyMap<string, string>;
  /** Tells them that this window has saved, or shows another post. */
  say: (is: 'saved' | 'here', post: string, seen?: string) => void;
  leave: () => void;
};

/** How long a window that is there takes to say so. */
export const OWN_WINDOWS_MS = 250;

/**
 * Joins the windows of one person in this browser. `onChange`: one has come, gone or opened another post; `onSaved`: one has
 * saved what it shows. Where a browser has no such channel, nobody is heard.
 */
export function joinOwnWindows(person: string, tab: string, post: string, { onChange, onSaved }: { onChange: () => void; onSaved: (post: string, seen: string) => void }): OwnWindows {
  const others = new Map<string, string>();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`soapbox-editing ${person}`);
  let shown = post;
  const say = (is: WindowWord['is'], seen = '') => channel?.postMessage({ is, tab, post: shown, seen } satisfies WindowWord);
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const heard = windowWordSchema.safeParse(data);
    if (!heard.success || heard.data.tab === tab) return;
    const { is, tab: other, post: theirs, seen } = heard.data;
    if (is === 'hello') say('here');
    if (is === 'bye') others.delete(other);
    else others.set(other, theirs);
    if (is === 'saved') onSaved(theirs, seen);
    onChange();
  });
  const goodbye = () => say('bye');
  // A page that comes back from the browser's memory is there again.
  const back = ({ persisted }: PageTransitionEvent) => persisted && say('hello');
  addEventListener('pagehide', goodbye);
  addEventListener('pageshow', back);
  say('hello');
  return {
    others,
    say: (is, now, seen) => {
      shown = now;
      say(is, seen);
    },
    leave: () => {
      goodbye();
      removeEventListener('pagehide', goodbye);
      removeEventListener('pageshow', back);
      channel?.close();
    },
  };
}
