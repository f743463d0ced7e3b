/** Code or a table wider than the page scrolls inside itself: the keyboard can reach it then. */
export function scrollable(root: HTMLElement): void {
  if (root.scrollWidth > root.clientWidth) root.tabIndex = 0;
}
