import type { ImportReport } from '../transfer/schema';

/** A list that the owner brings along, between two requests: why it was refused, or what came of it. */
export type BringState = { message: string | null; report: ImportReport | null };
export const NOTHING_BROUGHT: BringState = { message: null, report: null };
