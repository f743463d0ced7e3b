/** The order of a list that is read newest first, page by page. */
export const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] as const satisfies object[];

type Last = { id: string; createdAt: Date };

/** The WHERE of what comes after the last one shown of a list in that order; everything where none was. */
export const olderThan = (last: Last | null) =>
  last ? { OR: [{ createdAt: { lt: last.createdAt } }, { createdAt: last.createdAt, id: { lt: last.id } }] } : {};
