import { oneOf, type Span } from './detail-kinds';

const WORD = "\\p{Lu}[\\p{L}'’-]{0,30}\\.?";
const NUMBER = '\\d{1,5}(?:[ ]?[a-zA-Z](?!\\p{L}))?(?:[-–/]\\d{1,4}[a-z]?)?(?!\\d)';
const NOT_IN_A_WORD = '(?<![\\p{L}\\p{N}_])';
const NOT_IN_A_NUMBER = '(?<![\\p{L}\\p{N}_.,:/£$€#%-])';

const ENGLISH = oneOf(`
  Street St\\.? Road Rd\\.? Avenue Ave\\.? Lane Ln\\.? Crescent Cres\\.? Terrace Boulevard Blvd\\.? Gardens Grove Mews Parkway Pkwy\\.? Highway Hwy\\.?
`);
/** Words for much else: `7 Habits Way of Life`. */
const ENGLISH_ALSO = oneOf('Drive Dr\\.? Close Court Ct\\.? Place Pl\\.? Way Square Sq\\.? Circle Cir\\.? Row Hill Walk Rise View Green');
/** What goes on so is named after a street, or counted: the Oak Street School. */
const NOT_NAMED_AFTER = `(?![\\p{L}\\p{N}'’-])(?![ ]${oneOf('school School Primary Elementary Academy Nursery Kindergarten Church Park Market Festival Band Station Library Hospital Journal Episodes Fans')})`;
const ENGLISH_SPOKEN = oneOf('street road avenue lane drive close court crescent terrace boulevard grove');
const GERMAN = oneOf('[Ss]traße [Ss]trasse [Ss]tr\\. [Gg]asse [Aa]llee [Cc]haussee straat gracht laan kade singel steeg plein dreef');
const GERMAN_ALSO = oneOf('weg platz ring damm ufer steig pfad hof berg markt graben winkel feld stieg wall dijk park');
const GERMAN_ALONE = oneOf('Straße Strasse Str\\. Allee Weg Platz Gasse Ring Damm Ufer Straat Laan');
const GERMAN_BY = oneOf('Am An_der An_den Auf_der Auf_dem Im In_der In_den Zum Zur Hinter_der Unter_den Vor_dem Beim');
const FRENCH = oneOf('[Rr]ue [Aa]venue [Aa]v\\. [Bb]oulevard [Bb]d\\.? [Pp]lace [Cc]hemin [Aa]llée [Ii]mpasse [Qq]uai [Rr]oute [Pp]assage [Rr]uelle [Ss]entier');
const SPANISH = oneOf('[Cc]alle [Cc]/ [Aa]venida [Aa]vda\\.? Av\\. [Pp]laza Pza\\. [Pp]aseo [Cc]amino [Cc]arretera [Tt]ravesía [Rr]ua [Tt]ravessa [Pp]raça ul\\.');
const ITALIAN = oneOf('Via Viale V\\.le Piazza P\\.zza Piazzale Corso Largo Vicolo');
const OF = "(?:(?:de[ ]la|de[ ]los|de[ ]las|de[ ]l['’]|del|della|dei|du|des|de|d['’]|da|das|do|dos|di|la|le|les|los|et|y|e)[ ]?)";

const NO_ARTICLE = `(?!${oneOf('Der Die Das Den Dem In Im An Am Auf Zur Zum Mein Meine Meiner Unser Unsere Unserer Ihr Ihre Und Oder Wir Ich Adresse Anschrift De Het Onze Zuhause')}[ ])`;

/** A word, and then a number: its end is looked at from there, or each of its letters would be tried. */
const LONG_WORD = '\\p{Lu}[\\p{L}-]{1,60}\\.?(?![\\p{L}-])[ ]?(?=\\d)';

type Kind = {
  pattern: RegExp;
  /** It counts only where a place follows, or the words before say that it is an address. */
  isWeak?: boolean;
  /** It counts only where the words before say so, whatever follows. */
  isSpoken?: boolean;
};

const KINDS: readonly Kind[] = [
  { pattern: new RegExp(`${NOT_IN_A_NUMBER}${NUMBER},?[ ]{1,2}(?:(?:${WORD}|\\d{1,3}(?:st|nd|rd|th))[ ]){1,4}${ENGLISH}${NOT_NAMED_AFTER}`, 'gu') },
  { pattern: new RegExp(`${NOT_IN_A_NUMBER}${NUMBER},?[ ]{1,2}(?:${WORD}[ ]){1,4}${ENGLISH_ALSO}${NOT_NAMED_AFTER}`, 'gu'), isWeak: true },
  { pattern: new RegExp(`${NOT_IN_A_NUMBER}${NUMBER},?[ ]{1,2}(?:[\\p{L}'’-]{2,30}[ ]){1,3}${ENGLISH_SPOKEN}${NOT_NAMED_AFTER}`, 'giu'), isSpoken: true },
  { pattern: new RegExp(`${NOT_IN_A_WORD}(?:${NO_ARTICLE}\\p{Lu}[\\p{L}-]{1,30}[ ])?${LONG_WORD}(?<=[\\p{L}-]{2}${GERMAN}[ ]?)${NUMBER}`, 'gu') },
  { pattern: new RegExp(`${NOT_IN_A_WORD}\\p{Lu}[\\p{L}-]{2,30}[ ]${GERMAN_ALONE}[ ]${NUMBER}`, 'gu') },
  { pattern: new RegExp(`${NOT_IN_A_WORD}Straße[ ]des[ ][\\p{L}\\d]{1,20}[\\p{L} .]{1,30}[ ]${NUMBER}`, 'gu') },
  { pattern: new RegExp(`${NOT_IN_A_WORD}${LONG_WORD}(?<=\\p{L}{3}${GERMAN_ALSO}[ ])${NUMBER}`, 'gu'), isWeak: true },
  { pattern: new RegExp(`${NOT_IN_A_WORD}${GERMAN_BY}[ ](?:\\p{Lu}\\p{L}{1,20}n[ ])?\\p{Lu}[\\p{L}-]{2,30}[ ]${NUMBER}`, 'gu'), isWeak: true },
  { pattern: new RegExp(`${NOT_IN_A_NUMBER}\\d{1,4}(?:[ ]?(?:bis|ter|quater))?,?[ ]${FRENCH}[ ]${OF}{0,2}${WORD}(?:[ -]${OF}?${WORD}){0,3}`, 'gu') },
  { pattern: new RegExp(`${NOT_IN_A_WORD}${SPANISH}[ ]?${OF}{0,2}${WORD}(?:[ ]${OF}?${WORD}){0,3},?[ ](?:n[.ºo°]{0,2}[ ]?|núm\\.[ ]?)?${NUMBER}`, 'gu') },
  { pattern: new RegExp(`${NOT_IN_A_WORD}${ITALIAN}[ ]${OF}{0,2}${WORD}(?:[ ]${OF}?${WORD}){0,3},?[ ](?:n\\.?[ ]?)?${NUMBER}`, 'gu'), isWeak: true },
  { pattern: new RegExp(`${NOT_IN_A_WORD}via[ ]${OF}{0,2}${WORD}(?:[ ]${OF}?${WORD}){0,3},?[ ](?:n\\.?[ ]?)?${NUMBER}`, 'gu'), isSpoken: true },
  { pattern: /(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])/gu },
];

const SAYS_ADDRESS = new RegExp(`${NOT_IN_A_WORD}${oneOf(`
  live lives living lived address addresses home house moved visit come post_it send_it postcode zip wohne wohnt wohnen wohnhaft adresse anschrift zuhause hause habite habitons habitent
  vivo vive vivimos viven dirección domicilio woon woont wonen adres abito abita abitiamo indirizzo moro mora mieszkam
`)}(?!\\p{L})[^\\n\u25a0]{0,40}$`, 'iu');
/** A year before a name (`2019 Anthony Green`), or a house in a long street. */
const YEAR = /^(?:19|20)\d{2}(?:[-–/]\d{2,4})?[ ,]/;
/** Behind a street and its number: the end, a sign, or a word that leads on; not what is counted. */
const ENDS = /^\s{0,2}(?:[,.;:!?)\]"'”»\n]|$|(?:in|und|and|or|oder|à|en|a|y|e|o|is|ist|near|bei)(?!\p{L}))/u;
const TOWN = "(?:St\\.[ ])?\\p{Lu}[\\p{L}'’-]{1,30}(?:[ -]\\p{L}[\\p{L}'’-]{0,30}){0,3}";
const POSTCODE = '(?:\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]?[ ]?\\d[A-Z]{2}|\\d{4}[ ]?[A-Z]{2}|\\d{4}(?=[ ]\\p{Lu}))(?![\\p{L}\\p{N}])';
const FLAT_BEHIND = '(?:,?[ ](?:[Ff]lat|[Aa]pt\\.?|[Aa]partment|[Uu]nit|#)[ ]?\\d{1,4}[a-zA-Z]?(?!\\p{L}))';
const PLACE = new RegExp(`^${FLAT_BEHIND}?(?:,?\\s{1,2}${POSTCODE}(?:[ ](?:St\\.[ ])?\\p{Lu}[\\p{L}'’-]{1,30}(?:[ -]\\p{Lu}[\\p{L}'’-]{1,30}){0,2})?|(?:,\\s{1,2}${TOWN}){1,2},?\\s{1,2}(?:[A-Z]{2}[ ])?${POSTCODE}|,\\s{0,2}\\p{Lu}[\\p{L}'’-]{1,30}(?=[.!?;\\n]|$))`, 'u');
const ONLY_FLAT = new RegExp(`^${FLAT_BEHIND}`, 'u');
const FLAT_BEFORE = /(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Rr]oom|House)[ ]\d{1,4}[a-zA-Z]?,[ ]$/u;

/** Addresses that all the world knows, and streets that are a name for something else. */
const FAMOUS = /^(?:10 downing street|11 downing street|221b baker street|1600 pennsylvania ave|4 privet drive|742 evergreen terrace|12 grimmauld place|\d+ (?:sesame|wall|coronation|bourbon|carnaby) street|\d+ minutes? |\d+ hours? |bundesstra|sesamstra|milchstra|landesstra|seitenstra)/i;
/** Compounds that are no street: `Spielplatz 3`, `Schulweg 2`. */
const NO_STREET = new RegExp(`^(?:\\p{L}*${oneOf(`
  spielplatz parkplatz arbeitsplatz sitzplatz stellplatz startplatz kitaplatz kindergartenplatz schulplatz betreuungsplatz therapieplatz studienplatz ausbildungsplatz tabellenplatz sportplatz campingplatz flugplatz
  schulweg heimweg rückweg hinweg umweg ausweg fußweg radweg arbeitsweg bauernhof schulhof bahnhof friedhof pausenhof spielfeld umfeld vorfeld
  boxring ehering supermarkt flohmarkt weihnachtsmarkt trampelpfad lernpfad
`)}|(?:der|die|das|ein|eine|auf|im|am|mein|dein|kein|jeder|dieser|welcher|zum|vom|beim|ersten?|zweiten?|dritten?|letzten?)[ ](?:platz|weg|ring)|(?:im|am|zum|zur|in[ ]der|beim)[ ]${oneOf(`
  kapitel raum zimmer band teil jahr sommer winter herbst frühling januar februar märz april mai juni juli august september oktober november dezember alter ergebnis durchschnitt
  montag dienstag mittwoch donnerstag freitag samstag sonntag abend morgen mittag nachmittag wochenende tag ende anfang schnitt artikel absatz paragraf klasse stufe woche stunde gruppe schule kita
`)})[ ]`, 'iu');

function isAddress({ isWeak = false, isSpoken = false }: Kind, found: string, before: string, after: string): boolean {
  if (FAMOUS.test(found) || NO_STREET.test(found) || (YEAR.test(found) && !SAYS_ADDRESS.test(before) && !PLACE.test(after))) return false;
  if (!isWeak && !isSpoken) return true;
  if (SAYS_ADDRESS.test(before)) return isSpoken || ENDS.test(after) || PLACE.test(after);
  return isWeak && (PLACE.test(after) || (/^\d|^\p{Lu}\p{L}+ (?!\p{L}+ \d)|^(?:Via|Viale|Piazza|Corso|Largo|Vicolo) /u.test(found) && !/^(?:Am|Im|Zum|Zur|In|An|Auf|Beim) /.test(found) && ENDS.test(after)));
}

/**
 * Where somebody can be found: a street with a number, and what belongs to it (flat, postcode, town), as it is written in
 * English, German, French, Spanish, Dutch, Italian, Portuguese and Polish; a British postcode alone, for fifteen houses
 * share one. Not streets that stand for something else, nor addresses that all the world knows. Time linear.
 */
export function findPostalAddresses(text: string): Span[] {
  return KINDS.flatMap((kind) =>
    [...text.matchAll(kind.pattern)].flatMap(({ index, 0: found }): Span[] => {
      const [before, after] = [text.slice(Math.max(0, index - 60), index), text.slice(index + found.length, index + found.length + 160)];
      if (!isAddress(kind, found, before, after)) return [];
      const flat = FLAT_BEFORE.exec(before)?.[0] ?? '';
      const place = (PLACE.exec(after) ?? ONLY_FLAT.exec(after))?.[0] ?? '';
      return [{ start: index - flat.length, end: index + found.length + place.length }];
    }),
  );
}
