import type { Part } from '@/lib/text/snippets';

/** A text that was found, with what was asked for marked. */
export function Marked({ parts }: { parts: readonly Part[] }) {
  return parts.map(({ text, isHit }, index) => (isHit ? <mark key={index}>{text}</mark> : text));
}
