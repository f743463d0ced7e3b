declare const safe: unique symbol;

/** HTML that lib/text has made safe. Only lib/text makes it; only components/ui/prose.tsx shows it. */
export type SafeHtml = string & { [safe]: true };

/** Rises with every change of what lib/text writes: stored HTML of a lower number is to be made again from its source. */
export const HTML_VERSION = 2;

/** Marks HTML read back from a column that only lib/text's functions fill. */
export const storedHtml = (html: string): SafeHtml => html as SafeHtml;
