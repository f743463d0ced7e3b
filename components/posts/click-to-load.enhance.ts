const PLAYERS = ['https://www.youtube-nocookie.com/', 'https://player.vimeo.com/'];

function player(link: HTMLAnchorElement): HTMLElement | null {
  const address = link.dataset.player ?? '';
  if (!PLAYERS.some((origin) => address.startsWith(origin))) return null;
  const frame = document.createElement('iframe');
  frame.src = address;
  frame.title = (link.textContent?.trim() ?? '').replace(/^Play video/, 'Video') || 'Video';
  frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
  // YouTube refuses to play for a page that sends no referrer at all.
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  return frame;
}

function picture(link: HTMLAnchorElement): HTMLElement {
  const image = document.createElement('img');
  // What takes the focus has a name, though its writer gave it none.
  image.alt = (link.querySelector('span')?.textContent ?? '').replace(/^Show picture:?\s*/, '') || 'Picture without a description';
  image.tabIndex = -1;
  image.referrerPolicy = 'no-referrer';
  image.addEventListener('error', () => giveBack(link, image));
  image.src = link.href;
  return image;
}

/** After a picture that did not load its link stands there again, and leads to where the picture is kept. */
function giveBack(link: HTMLAnchorElement, image: HTMLElement): void {
  const hadFocus = document.activeElement === image;
  const said = document.createElement('p');
  said.className = 'load-failed';
  said.setAttribute('role', 'status');
  link.dataset.failed = '';
  image.replaceWith(said, link);
  if (hadFocus) link.focus();
  requestAnimationFrame(() => (said.textContent = 'The picture did not load here. The link leads to it.'));
}

/** A picture or video from elsewhere takes its link's place when the reader asks for it, and keeps the focus. */
export function clickToLoad(root: HTMLElement): void {
  root.addEventListener('click', (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!plain || !(root instanceof HTMLAnchorElement) || 'failed' in root.dataset) return;
    const shown = root.dataset.load === 'video' ? player(root) : picture(root);
    if (!shown) return;
    event.preventDefault();
    root.replaceWith(shown);
    shown.focus();
  });
}
