import { pathWith } from '../query';
import { z } from '../zod';

/** What the form of giving posts away sends: this post, or all of its author's. */
export const giveFormSchema = z.object({ post: z.uuid(), what: z.enum(['one', 'all']).catch('one'), from: z.uuid(), to: z.string().catch('') });

/** The form between two requests: whether the last choice was none. */
export const giveAskedSchema = z.object({ post: z.uuid(), wrong: z.literal('1').nullable().catch(null).default(null) });

/** The address at which an owner gives a post to another author. */
export const giveFormPath = (post: string, { isWrong = false } = {}): string => pathWith('/admin/posts/hand-over', { post, wrong: isWrong ? '1' : null });
