const BEGINNING_CHARACTERS = 60;

/** The first words of a text in HTML, to tell it by. In the browser alone; nothing of the text is run or loaded. */
export function plainBeginning(html: string): string {
  const text = (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim();
  return text.length > BEGINNING_CHARACTERS ? `${text.slice(0, BEGINNING_CHARACTERS).trimEnd()}…` : text;
}
