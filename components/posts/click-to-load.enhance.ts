const PLAYERS = ['https://www.youtube-nocookie.com/', 'https://player.vimeo.com/'];

function player(link: HTMLAnchorElement): HTMLElement | null {
  const address = link.dataset.player ?? '';
  if (!PLAYERS.some((origin) => address.startsWith(origin))) return null;
  const frame = document.createElement('iframe');
  frame.src = address;
  // Its words begin with what a click does, in the language in which they were kept: `Play video on YouTube`.
  const words = link.textContent?.trim() ?? '';
  frame.title = words.replace(/^\S+ (v)(?=[ií]deo\b)/iu, (_begin, first: string) => first.toUpperCase()) || new URL(address).hostname;
  frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
  // YouTube refuses to play for a page that sends no referrer at all.
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  return frame;
}

/** A video from elsewhere takes its link's place when the reader asks for it, and keeps the focus. */
export function clickToLoad(root: HTMLElement): void {
  root.addEventListener('click', (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!plain || !(root instanceof HTMLAnchorElement)) return;
    const shown = player(root);
    if (!shown) return;
    event.preventDefault();
    root.replaceWith(shown);
    shown.focus();
  });
}
