import { z } from '../zod';
import { keptFieldsSchema, type OtherWindow, type Saved } from './post-form';

/** What was typed in a window of a browser, as the browser keeps it until the blog has it. */
export const keptCopySchema = z.object({
  post: z.uuid(),
  kind: z.enum(['post', 'page']),
  fields: keptFieldsSchema,
  /** What its window had seen of the post; empty: the blog does not have it at all. */
  seen: z.string(),
  /** When it was typed. */
  at: z.iso.datetime(),
  /** The window in which. */
  tab: z.string(),
});
export type KeptCopy = z.infer<typeof keptCopySchema>;

/** What the windows of one browser say to each other. */
export const windowWordSchema = z.object({ is: z.enum(['hello', 'here', 'saved', 'bye']), tab: z.string(), post: z.string(), seen: z.string().default('') });
export type WindowWord = z.infer<typeof windowWordSchema>;

const othersSchema = z.array(z.object({ name: z.string(), isYou: z.boolean() }));
const savedSchema = z.object({
  id: z.string(), seen: z.string(), savedAt: z.string(), state: z.enum(['draft', 'scheduled', 'published', 'unlisted', 'private', 'password']), at: z.string().nullable(),
  wallClock: z.string(), slug: z.string(), password: z.string(), path: z.string().nullable(), isAhead: z.boolean(), others: othersSchema,
}) satisfies z.ZodType<Saved>;

/** What the blog answers to a save. */
export const saveAnswerSchema = z.union([
  z.object({ ok: z.literal(true), value: savedSchema }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()).optional() }),
]);

/** What it answers to a window that says that it is open: the others, what the post's `seen` is now, and whether this window has made it so. */
export type Heard = { seen: string; isOwn: boolean; others: OtherWindow[] };
export const heardSchema = z.object({ ok: z.literal(true), value: z.object({ seen: z.string(), isOwn: z.boolean(), others: othersSchema }) satisfies z.ZodType<Heard> });
