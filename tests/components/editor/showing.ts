/** What a reader has of a post: its words, where its links lead, its pictures and players, in order. */
export function showing(html: string) {
  const { body } = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  const all = (selector: string) => [...body.querySelectorAll(selector)];
  const of = (node: Element, ...names: string[]) => names.map((name) => node.getAttribute(name));
  return {
    words: shown(body),
    blocks: all('h2, h3, h4, h5, h6, li, blockquote, pre, figure, figcaption, table, hr, details, dl').map(({ tagName, className }) => `${tagName}.${className}`),
    links: all('a[href]').map((link) => [...of(link, 'href', 'rel', 'title', 'data-load', 'data-player', 'aria-label'), shown(link)]),
    places: all('[id]').map(({ id }) => id),
    pictures: all('img').map((img) => of(img, 'src', 'alt', 'width', 'height', 'loading')),
    players: all('audio, video').map((player) => [player.tagName, ...of(player, 'src', 'poster', 'width', 'height')]),
  };
}

/** The words of an element with the white space between them as browsers show it. */
const shown = ({ textContent }: Element) => (textContent ?? '').replace(/[\t\n\f\r ]+/g, ' ').trim();

/** HTML as a browser writes it again, a block on each line. */
export function asWritten(html: string): string {
  const { body } = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  return [...body.children].map(({ outerHTML }) => outerHTML).join('\n');
}
