import { oneOf, spansOf, type Span } from './detail-kinds';

// Not linkify-it, which makes links elsewhere: it passes over letters beyond ASCII, and over what stands behind a colon.
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?';
/** `@name@host` is a name on a public network. */
const PLAIN = new RegExp(`(?<![\\p{L}\\p{N}._%+@-])[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._%+'’-]{0,62}[\\p{L}\\p{N}_+-])?@(?:${LABEL}\\.){1,8}\\p{L}{2,24}(?![\\p{L}\\p{N}@])`, 'gu');

const ENDS = oneOf('com org net info eu de at ch uk co\\.uk fr be es it nl pt pl ie us ca au io me edu gmx');
const HOSTS = oneOf('gmail googlemail hotmail outlook yahoo icloud gmx web aol proton protonmail posteo live t-online mailbox orange laposte libero');
const NAME = '(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}][\\p{L}\\p{N}._+-]{0,62}(?:[ ]?[\\[({<]?(?:dot|punkt|point|punto)[\\])}>]?[ ]?[\\p{L}\\p{N}]{1,30}){0,2}';
const BRACKETED_AT = '[ ]?[\\[({<][ ]?(?:at|ät|@|arroba)[ ]?[\\])}>][ ]?';
const SPOKEN_AT = '[ ](?:at|ät|arroba|AT)[ ]';
const HOST = '[\\p{L}\\p{N}][\\p{L}\\p{N}-]{1,40}';
const SPOKEN_DOT = '(?:[ ]?[\\[({<][ ]?(?:dot|punkt|point|punto|\\.)[ ]?[\\])}>][ ]?|[ ](?:dot|punkt|point|punto|DOT)[ ])';
const END = `${ENDS}(?![\\p{L}\\p{N}])`;
/** `look at the dot com bubble`, `find us at soapbox dot org`. */
const NO_HOST = '(?!(?:the|a|an|this|that|my|our|your|every|each)[ ])';
const NO_NAME = `(?!${oneOf('look looks looked looking us me him her it them is are was were be blog site page find visit read order book here available online live shop')}[ ])`;

/** As people write it so that no machine finds it: `name at gmail dot com`, `name (at) gmail.com`. */
const WRITTEN_OUT = [
  `${NAME}${BRACKETED_AT}${HOST}(?:${SPOKEN_DOT}|[ ]?\\.[ ]?)${END}`,
  `${NO_NAME}${NAME}${SPOKEN_AT}${NO_HOST}${HOST}${SPOKEN_DOT}${END}`,
  `(?<=(?:mail|write|schreib|écri\\p{L}*|escr\\p{L}*|contact|reach)[^\\n]{0,30}[ :])${NO_NAME}${NAME}${SPOKEN_AT}${HOSTS}\\.${END}`,
  `(?<![\\p{L}\\p{N}@])[\\p{L}\\p{N}]+[\\d._][\\p{L}\\p{N}._]{0,40}${SPOKEN_AT}${HOSTS}\\.${END}`,
].map((pattern) => new RegExp(pattern, 'giu'));

/** E-mail addresses in a text, those written out for people's eyes too. Not names on public networks (`@name@host`). Time linear. */
export const findEmailAddresses = (text: string): Span[] => [...spansOf(PLAIN, text), ...(/[[({<\s](?:at|ät|@|arroba)[\])}>\s]/i.test(text) ? WRITTEN_OUT.flatMap((pattern) => spansOf(pattern, text)) : [])];
