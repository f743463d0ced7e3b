/** An address with what is asked of it; what is null or empty is left out. */
export function pathWith(path: string, words: Record<string, string | null | undefined>): string {
  const asked = Object.entries(words).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked)}`;
}
