import type { MentionWay } from '../db/generated/enums';
import { z } from '../zod';

export type { MentionWay };

/** Where other sites tell of their pages (https://www.w3.org/TR/webmention/). */
export const WEBMENTION_PATH = '/webmention';

export const ADDRESS_MAX_CHARACTERS = 2_000;
/** So much of what a page says is kept, for whoever decides on it. */
export const TEXT_MAX_CHARACTERS = 600;

/** What is to be looked into: whether the page `source` links to `target`, the address of our `post`. `origin`: what the blog is called. */
export const mentionJobSchema = z.object({ source: z.url(), target: z.url(), post: z.uuid(), origin: z.string() });
export type MentionJob = z.infer<typeof mentionJobSchema>;
