const KIB = 1024;
const UNITS = [{ unit: 'gigabyte', bytes: KIB ** 3 }, { unit: 'megabyte', bytes: KIB ** 2 }, { unit: 'kilobyte', bytes: KIB }, { unit: 'byte', bytes: 1 }] as const;

/** A size as a person reads it: `12.3 MB`. A kilobyte has 1024 bytes. */
export function sizeText(bytes: number, language = 'en'): string {
  const { unit, bytes: one } = UNITS.find((each) => bytes >= each.bytes) ?? UNITS[3];
  const style = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: unit === 'byte' || unit === 'kilobyte' ? 0 : 1 } as const;
  return new Intl.NumberFormat(language, style).format(bytes / one);
}
