import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

const storages = new Set<asyncHooks.AsyncLocalStorage<unknown>>();
let underWay = 0;

/**
 * From now on knows every AsyncLocalStorage that is made. To be called before Next is loaded, which makes a dozen.
 *
 * Up to Node 22 one that was ever used makes Node call a hook for every asynchronous thing in the process, kept pages
 * included: measured, 3.6 of 15.3 microseconds for each of them. `disable` is how Node lets one go.
 */
export function watchContexts(): void {
  const Original = asyncHooks.AsyncLocalStorage;
  class Watched<T> extends Original<T> {
    constructor(...options: ConstructorParameters<typeof Original<T>>) {
      super(...options);
      storages.add(this as asyncHooks.AsyncLocalStorage<unknown>);
    }
  }
  asyncHooks.AsyncLocalStorage = Watched;
  syncBuiltinESMExports();
}

/** Runs work that needs contexts. When nothing of the kind is under way any more they are let go, until the next work. */
export async function needingContexts<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
    // Not before what this work has left to the end of the turn.
    if (underWay === 0) setImmediate(letGo);
  }
}

function letGo(): void {
  if (underWay > 0) return;
  for (const storage of storages) storage.disable();
}
