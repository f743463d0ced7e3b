/** What is for one person, or the same words once more. Pages that must be seen to be left out of an index (`noindex`) are not among them. */
const ROOTS = ['/admin', '/account', '/sign-in', '/signed-in', '/decide', '/search'];
// A rule is the beginning of an address: of a root alone it would be that of `/accounting`, too.
const NOT_FOR_MACHINES = [...ROOTS.flatMap((root) => [`${root}$`, `${root}/`, `${root}?`]), '/api/', '/preview/', '/posts/*/reply', '/comments/*/report'];

/** The robots.txt of the blog (RFC 9309), for an origin such as `https://blog.example`. */
export const robots = (origin: string): string =>
  ['User-agent: *', ...NOT_FOR_MACHINES.map((path) => `Disallow: ${path}`), '', `Sitemap: ${origin}/sitemap.xml`, ''].join('\n');
