import { t } from '../words/t';

/** A thing of a file: by what the file calls it (a category or tag by its slug), a post or page by its title too. */
export type Thing = { kind: 'post' | 'page' | 'comment' | 'mention' | 'block' | 'category' | 'tag'; number: string; title?: string };

/** A title as a report names it: “Soup at two”. */
export const titleWords = (title: string): string => t('transfer.things.titled', { title });

/** What a report calls a thing by: comment 5, post 12 “Soup at two”. */
export function thingWords({ kind, number, title }: Thing): string {
  const name = [number, ...(title === undefined ? [] : [titleWords(title)])].filter(Boolean).join(' ');
  return t(`transfer.things.${kind}`, { name });
}
