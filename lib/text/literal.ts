const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '[': '&#91;', ']': '&#93;' };

/** Text as HTML source in which nothing has a meaning any more, neither tags nor shortcodes. */
export const literal = (value: string): string => value.replace(/[&<>"[\]]/g, (char) => escapes[char] as string);
