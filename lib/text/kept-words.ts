// Words that the blog itself writes into a text that is kept (`posts.kept` in lib/words/en.ts). They are said in its language
// of that moment, and known again here whichever that was; a language that is added is added here (tests/unit/text/kept-words.test.ts).

/** What the words of a video's link begin with; behind it stands the video's own name. */
export const VIDEO_BEGINNING = /^(?:Play video on|Reproducir vídeo en) \w+(?::\s*)?/;

/** The words of a link to a picture, with what they say of it. An older form of them said what a click does. */
export const PICTURE_WORDS = /^(?:Show picture|Picture|Imagen)(?::\s*(.*))?$/s;

const leadsTo = String.raw`(?:Leads to|Lleva a) [\w.:[\]-]{1,260}`;
const backToText = String.raw`(?:Back to the text, note|Volver al texto, nota) \d{1,4}`;

/** The names of links that show nothing but a sign, or a picture without words. */
export const LINK_NAMES = new RegExp(`^(?:${backToText}|The whole picture|La imagen completa|Leads to another page|Lleva a otra página|${leadsTo})$`);
