import { z } from '../zod';
import { cleanText } from '../text/clean';
import type { Role, SignInWay, Standing } from '../db/generated/enums';
import { isCommentId } from '../ids';
import { t } from '../words/t';

export type { Role, SignInWay, Standing };

export const ROLES = ['reader', 'author', 'moderator', 'owner'] as const satisfies readonly Role[];
export const STANDINGS = ['normal', 'trusted', 'held', 'suspended', 'banned'] as const satisfies readonly Standing[];

/** The standings that can have an end; a suspension must. */
export const ENDING_STANDINGS = ['held', 'suspended', 'banned'] as const satisfies readonly Standing[];

/** The states of a comment that a person's page counts. */
export const COMMENT_STATES = ['approved', 'pending', 'spam', 'trash'] as const;
export type CommentState = (typeof COMMENT_STATES)[number];

export const SEARCH_MAX_CHARACTERS = 100;
export const NOTE_MAX_CHARACTERS = 2000;
export const REASON_MAX_CHARACTERS = 500;
export const WARNING_MAX_CHARACTERS = 1000;
export const INVITATION_DAYS = 7;

/** What `/admin/people` is asked for; what is wrong in it is left out. */
export const peopleSearchSchema = z.object({
  q: z.string().trim().max(SEARCH_MAX_CHARACTERS).transform((typed) => typed.replaceAll('\0', '')).catch(''),
  role: z.enum(ROLES).nullable().catch(null),
  standing: z.enum(STANDINGS).nullable().catch(null),
  /** The id of the last person of the page before. */
  before: z.uuid().nullable().catch(null),
});
export type PeopleSearch = z.infer<typeof peopleSearchSchema>;

/** What a person's page is asked for besides the person. */
export const historySchema = z.object({
  state: z.enum(COMMENT_STATES).nullable().catch(null),
  /** The public id of the last comment of the page before. */
  before: z.string().max(12).nullable().catch(null),
  /** The id of the last decision of the page before. */
  made: z.uuid().nullable().catch(null),
});
export type HistorySearch = z.infer<typeof historySchema>;

/** A person as acts name them: the id of a user, or of a name on one post. */
export const personIdSchema = z.uuid();

/** `seen` is what the form showed: a change of anything else is a conflict. */
export const roleChangeSchema = z.object({ person: personIdSchema, role: z.enum(ROLES), seen: z.enum(ROLES) });
export type RoleChangeInput = z.infer<typeof roleChangeSchema>;

export const endSessionsSchema = z.object({ person: personIdSchema });

/** Words that a person is shown, of at most so many characters; what no keyboard types is left out. */
const told = (max: number, tooLong: (max: number) => string) =>
  z.string().default('').transform((text) => cleanText(text).replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim())
    .refine((text) => text.length <= max, { error: () => tooLong(max) });

export const standingChangeSchema = z.object({
  person: personIdSchema,
  standing: z.enum(STANDINGS),
  /** Date and time in the site's zone, as a browser's field sends it; counts for ENDING_STANDINGS alone, empty: no end. */
  until: z.string().max(40).catch(''),
  /** Why: the person is shown it, but where nothing is said to them. */
  reason: told(REASON_MAX_CHARACTERS, (max) => t('people.refusals.longReason', { max })),
  seen: z.string().max(60),
});
export type StandingChangeInput = z.infer<typeof standingChangeSchema>;

/** What is written to a person, or empty to take it back; `seen` is what stood there unread. */
export const warningSchema = z.object({
  person: personIdSchema,
  words: told(WARNING_MAX_CHARACTERS, (max) => t('people.refusals.longWarning', { max })),
  seen: z.string().default('').transform(cleanText),
});
export type WarningInput = z.infer<typeof warningSchema>;

export const newNoteSchema = z.object({
  /** Or a comment, by its public id: whoever wrote that, or, of a guest, the comment. */
  person: z.union([personIdSchema, z.string().refine(isCommentId)]),
  note: z.string().trim().min(1, { error: () => t('people.refusals.emptyNote') })
    .max(NOTE_MAX_CHARACTERS, { error: () => t('people.refusals.longNote', { max: String(NOTE_MAX_CHARACTERS) }) })
    .refine((text) => !text.includes('\0'), { error: () => t('people.refusals.strangeNote') }),
});
export type NewNote = z.infer<typeof newNoteSchema>;

export const deleteNoteSchema = z.object({ deleteNote: z.uuid() });

/** The address is read by the command. */
export const newInvitationSchema = z.object({ email: z.string(), role: z.enum(ROLES) });
export type NewInvitation = z.infer<typeof newInvitationSchema>;

export const withdrawSchema = z.object({ withdraw: z.uuid() });

/** A form of these pages between two acts: what was done, and the fields that take it back, or why it was refused. */
export type ActState = {
  done: string | null;
  undo: Record<string, string> | null;
  message: string | null;
  fields: Record<string, string>;
  /** What was typed before a refusal. */
  entered: Record<string, string>;
  /** The link of an invitation, shown once where no mail leaves the machine. */
  link: string | null;
};

export const NOTHING_DONE: ActState = { done: null, undo: null, message: null, fields: {}, entered: {}, link: null };
