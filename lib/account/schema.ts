import { z } from '../zod';
import type { CommentsAfter, Rhythm } from '../db/generated/enums';

export type { CommentsAfter, Rhythm };

/** For how long a person may change their mind before their account is deleted. */
export const DELETION_HOURS = 24;
/** How many of their comments a person sees on one page. */
export const OWN_COMMENTS_PAGE = 20;

/** What can become of one's comments when the account is deleted, in the order in which the choice stands. */
export const COMMENTS_AFTER = ['anonymise', 'remove'] as const satisfies readonly CommentsAfter[];

export const deletionSchema = z.object({ comments: z.enum(COMMENTS_AFTER) });
export const loginSchema = z.object({ provider: z.string().min(1).max(50), account: z.string().min(1).max(255) });
export const sessionSchema = z.object({ session: z.uuid() });

/** What a person is told of their own comment. */
export type ToldState = 'published' | 'waiting' | 'not published';

/** How often whoever has a desk is told, in the order in which it is offered. */
export const RHYTHMS = ['instant', 'hourly', 'daily'] as const satisfies readonly Rhythm[];
/** Of what they are told by mail: comments that wait, that are published, and what readers report. */
export type NoticeWishes = { held: boolean; fresh: boolean; reports: boolean; rhythm: Rhythm };
export const rhythmSchema = z.enum(RHYTHMS).catch('instant');

/** How a person wants to be seen. */
export type Profile = { name: string; website: string; showPicture: boolean };

/** A form of the account between two requests: what was done, or why it was refused. */
export type AccountState = { done: string | null; message: string | null };

export type ProfileState = AccountState & { fields: Record<string, string>; entered: Profile | null };
