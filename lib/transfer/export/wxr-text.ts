import { isXmlText, ownJson, withoutForbidden } from '../own-schema';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as XML and HTML write it between tags or in an attribute. */
export const escaped = (text: string): string => withoutForbidden(text).replace(/[&<>"]/g, (character) => entities[character] ?? '');

/** A text as it stands, where it ends the section in pieces (as WordPress writes it). */
export const cdata = (text: string): string => `<![CDATA[${withoutForbidden(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** Plain text as WordPress keeps a title or a name: HTML, on one line. */
export const asHtml = (plain: string): string => cdata(escaped(plain).replaceAll('&quot;', '"').replace(/\s+/g, ' ').trim());

/** What WordPress passes over. */
export const own = (value: unknown): string => `<soapbox:own>${cdata(ownJson(value))}</soapbox:own>`;

/** A long text beside what `own` says, or in it where XML would change it. */
export const ownText = (name: 'source' | 'html', text: string): { element: string; field: Partial<Record<typeof name, string>> } =>
  isXmlText(text) ? { element: `<soapbox:${name}>${cdata(text)}</soapbox:${name}>`, field: {} } : { element: '', field: { [name]: text } };

/** A moment as RSS writes it (RFC 2822). */
export const rssDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

/** A moment as WordPress's `…_gmt` writes it. */
export const gmtDate = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

const isZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== null;
  } catch {
    return false;
  }
};

/** Writes moments as WordPress's dates in the blog's own zone; one that this Node does not know counts as UTC. */
export function localDates(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: isZone(timeZone) ? timeZone : 'UTC', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
  };
}
