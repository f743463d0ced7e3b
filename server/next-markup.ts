/** The attributes of an element, by their names in lower case. */
type Attributes = Record<string, string>;

const CHUNK = /^\/_next\/static\/chunks\/[\w.~-]+\.js$/;
const FLIGHT = /^self\.__next_f\.push\((\[[13],.*\])\)$/s;
const FLIGHT_START = /^\(self\.__next_f=self\.__next_f\|\|\[\]\)\.push\(\[0\]\)(?:;self\.__next_f\.push\((\[2,.*\])\))?$/s;
const BOOTSTRAP = /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((\{.*\})\);$/s;
// A complete boundary, text beside text, and whether a form's last answer belongs here.
const MARKS = ['$', '/$', ' ', 'F!', 'F'];
const STREAMED_ID = /^[SBP]:[0-9a-f]+$/;

/** Whether an element asks the browser to fetch a script ahead. */
export const isScriptPreload = ({ rel, as }: Attributes): boolean => rel === 'modulepreload' || ((rel === 'preload' || rel === 'prefetch') && as === 'script');

/**
 * What is not as Next 16.4 makes it in a script of a page, other than the blog's own: neither one of its files, nor the
 * call that starts them, nor a piece of the second copy of the data. Null when it is known.
 */
export function surpriseOfScript({ src, id, ...others }: Attributes, text: string): string | null {
  const names = Object.keys(others);
  if (src !== undefined) return CHUNK.test(src) && text === '' && names.every((name) => name === 'async' || name === 'nomodule') ? null : 'a script file is not one of Next\'s';
  const [, call] = FLIGHT.exec(text) ?? FLIGHT_START.exec(text) ?? (id === '_R_' ? BOOTSTRAP.exec(text) : null) ?? [null, null];
  const isKnown = names.length === 0 && (call === null ? false : call === undefined || isJson(call));
  return isKnown ? null : 'a script is not one of Next\'s';
}

/** What is not as Next makes it in any other element: parts that a script would put in their places, and unknown files. */
export function surpriseOfElement(name: string, attributes: Attributes): string | null {
  if (name === 'template' || STREAMED_ID.test(attributes.id ?? '')) return 'a part waits for a script';
  return name === 'link' && isScriptPreload(attributes) && !CHUNK.test(attributes.href ?? '') ? 'a script file is not one of Next\'s' : null;
}

/** What is not as React makes it in a comment: the mark of a boundary that is not complete, or one that is not known. */
export const surpriseOfComment = (text: string): string | null => (MARKS.includes(text) ? null : /^\$[?~!]/.test(text) ? 'a part waits for a script' : 'a mark of React\'s is not known');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
