import { z } from './zod';

const DAY_MS = 24 * 60 * 60 * 1000;

const day = z.iso.date().nullable().catch(null);

/** Days of the blog's calendar from an address, as `2026-12-05`, both included; what is no day is left out. */
export const dayRangeFields = { from: day, to: day };
export type DayRange = { from: string | null; to: string | null };

/** The day after one of the calendar, both as `2026-12-05`. */
export const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
