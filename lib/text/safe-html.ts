declare const safe: unique symbol;

/** HTML that lib/text has made safe. Only lib/text makes it; only components/ui/prose.tsx shows it. */
export type SafeHtml = string & { [safe]: true };

/** Marks HTML read back from a column that only lib/text's functions fill. */
export const storedHtml = (html: string): SafeHtml => html as SafeHtml;
