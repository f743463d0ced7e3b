import { z } from '../zod';
import { SLUG_MAX_CHARS } from './schema';

/** Far more than a password has (PASSWORD_MAX_CHARACTERS): what is longer is a wrong one, however it goes on. */
const READ_CHARACTERS = 1_000;

/** What the form of a post with a password sends. */
export const unlockSchema = z.object({
  kind: z.enum(['post', 'page']),
  slug: z.string().min(1).max(SLUG_MAX_CHARS),
  password: z.string().catch('').transform((typed) => typed.slice(0, READ_CHARACTERS)),
});

/** The form between two requests: why it did not open. What was typed is never given back. */
export type UnlockState = { message: string | null };

export const NOT_TRIED: UnlockState = { message: null };
