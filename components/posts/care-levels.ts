import type { Care } from '@/lib/posts/schema';

/** The levels of care, from the least to the most. */
export const CARE_LEVELS = ['open', 'careful', 'sensitive'] as const satisfies readonly Care[];
export const CARE_NAMES: Record<Care, string> = { open: 'Open', careful: 'Careful', sensitive: 'Sensitive' };
