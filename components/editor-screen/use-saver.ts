import { useEffect, useState, useSyncExternalStore } from 'react';
import { isNowhere } from './saving';
import type { Saver } from './saver';
import type { Shown } from './stand';

/** The saver of this window, and how far what is typed has come. It saves when the window is left, hidden or closed, and asks before something is lost. */
export function useSaver(make: () => Saver): { saver: Saver; shown: Shown } {
  const [saver] = useState(make);
  const shown = useSyncExternalStore(saver.subscribe, () => saver.shown, () => saver.shown);
  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') saver.leave();
    };
    const leave = () => saver.leave();
    const blur = () => {
      saver.keepNow();
      saver.saveSoon();
    };
    const back = () => saver.tryAgain();
    const warn = (event: BeforeUnloadEvent) => {
      saver.keepNow();
      if (isNowhere(saver.shown.saving)) event.preventDefault();
    };
    const heard: [EventTarget, string, (event: never) => void][] = [
      [document, 'visibilitychange', hidden], [window, 'pagehide', leave], [window, 'blur', blur], [window, 'online', back], [window, 'focus', back], [window, 'beforeunload', warn],
    ];
    for (const [target, name, hear] of heard) target.addEventListener(name, hear as EventListener);
    return () => {
      for (const [target, name, hear] of heard) target.removeEventListener(name, hear as EventListener);
      saver.leave();
      saver.stop();
    };
  }, [saver]);
  return { saver, shown };
}
