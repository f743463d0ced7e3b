import type { Care } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';

/** The levels of care, from the least to the most. */
export const CARE_LEVELS = ['open', 'careful', 'sensitive'] as const satisfies readonly Care[];
export const careName = (care: Care): string => t(`posts.care.${care}`);
