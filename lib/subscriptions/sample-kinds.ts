/** The mails that the owner can look at, in the order in which they are listed. */
export const SAMPLE_KINDS = ['confirmation', 'comment', 'reply', 'post', 'postWhole', 'imported', 'digest', 'held'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export const isSampleKind = (kind: string): kind is SampleKind => (SAMPLE_KINDS as readonly string[]).includes(kind);
