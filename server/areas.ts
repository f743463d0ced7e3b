const isBelow = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

/** The desk: pages that run in the browser, behind a nonce. Everything else that is HTML is a reader's document. */
export const isDesk = (path: string): boolean => ['/admin', '/account', '/sign-in'].some((root) => isBelow(path, root));

/** Answers that are for one person and are kept nowhere. */
export const isPersonal = (path: string): boolean => isDesk(path) || isBelow(path, '/api') || /^\/posts\/[^/]+\/reply(\/|$)/.test(path);

/** Next's own files and, in development, its tools. */
export const isNextOwn = (path: string): boolean => isBelow(path, '/_next') || path.startsWith('/__nextjs');
