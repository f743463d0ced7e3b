/**
 * A path of this blog as a browser reads it, with its query and anchor; null for whatever leads elsewhere. Browsers drop
 * tabs and newlines, and take `\` for `/`: `/\t/elsewhere` is another site's address to them.
 */
export function ownPath(path: string): string | null {
  if (!/^\/(?![/\\])/.test(path) || /[\\\u0000-\u001f\u007f]/.test(path) || !URL.canParse(path, 'http://here')) return null;
  const url = new URL(path, 'http://here');
  // `/..//elsewhere` becomes `//elsewhere` only here.
  return url.origin === 'http://here' && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : null;
}
