/** How full and how useful the page cache of this process is, since it began. */
export type PageCacheState = { kept: number; bytes: number; hits: number; misses: number; isListening: boolean };

// Next bundles its own copy of this module, so the report hangs on globalThis under one symbol.
const key = Symbol.for('soapbox.page-cache-state');
const shared = globalThis as typeof globalThis & { [key]?: () => PageCacheState | null };

/** Says how to learn the state of this process's page cache. Called by `server/` alone. */
export function reportPageCache(state: () => PageCacheState | null): void {
  shared[key] = state;
}

/** The state of this process's page cache, or null where there is none. */
export const pageCacheState = (): PageCacheState | null => shared[key]?.() ?? null;
