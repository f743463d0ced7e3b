/**
 * Text as PostgreSQL and browsers can keep it: no NUL, no lone surrogates, newlines as `\n`.
 * Idempotent; refuses nothing and changes no other character.
 */
export function cleanText(value: string): string {
  return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '').replace(/\r\n?/g, '\n');
}
