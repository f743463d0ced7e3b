import { pathWith } from '../query';
import { z } from '../zod';
import type { CalendarDay } from './calendar';

/** Over how many days the dashboard looks back. */
export const DASHBOARD_DAYS = [30, 90, 365] as const;
export type DashboardDays = (typeof DASHBOARD_DAYS)[number];

/** From an address; what is none of them is the first. */
export const dashboardDaysSchema = z.coerce.number().pipe(z.literal(DASHBOARD_DAYS)).catch(DASHBOARD_DAYS[0]);

/** The address of the dashboard over so many days. */
export const dashboardPath = (days: DashboardDays): string => pathWith('/admin', { days: days === DASHBOARD_DAYS[0] ? null : String(days) });

/** What came and was read on a day; `reads` is null for who has no posts. */
export type DashboardDay = CalendarDay & { comments: number; reads: number | null };
