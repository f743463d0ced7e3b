/** Below it stands the path of a post that a reader's browser tells us of (tell-read.enhance.ts): `/api/reads/posts/SLUG`. */
export const READS_PATH = '/api/reads';
