import localFont from 'next/font/local';

// server/build-fonts.ts makes the files. A font that comes late would move every line of the page, whatever its measures: lines
// break elsewhere in it. So it is asked for ahead, a page waits a moment for it, and one that does not get it in time keeps
// the reader's own serif; the next page has it.
const roman = localFont({
  src: './fonts/roman.woff2',
  weight: '400 700',
  style: 'normal',
  display: 'optional',
  preload: true,
  adjustFontFallback: 'Times New Roman',
  variable: '--font-serif-latin',
});

// Fetched only by a page that has such letters; no fallback of its own, for the family after it has one.
const further = localFont({
  src: './fonts/roman-further.woff2',
  weight: '400 700',
  style: 'normal',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  variable: '--font-serif-extended',
  declarations: [{
    prop: 'unicode-range',
    value: 'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C4,U+2113,U+2C60-2C7F,U+A720-A7FF',
  }],
});

// A page that is not given its italics in time slants the roman.
const italic = localFont({
  src: [
    { path: './fonts/italic.woff2', weight: '400', style: 'italic' },
    { path: './fonts/italic-bold.woff2', weight: '650', style: 'italic' },
  ],
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  variable: '--font-serif-italic',
});

/** The classes that give a document its reading font: the roman ahead of time, italic and further letters on demand. */
export const readingFont = `${roman.variable} ${further.variable} ${italic.variable}`;
