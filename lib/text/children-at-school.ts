import { oneOf, type Span } from './detail-kinds';

const CHILD = oneOf(`
  son sons daughter daughters child children kid kids boy boys girl girls toddler grandson granddaughter grandchild nephew niece stepson stepdaughter twins little_one pupil pupils student students year-old year_old years_old yr_old
  sohn söhne tochter töchter kind kinder junge mädchen enkel enkelin neffe nichte zwillinge schüler schülerin jährige[rn]? jährig jahre_alt
  fils fille enfant enfants garçon neveu nièce élève hijo hija hijos niño niña nieto nieta sobrino sobrina alumno alumna
  zoon zoontje dochter dochtertje jongen meisje kleinzoon kleindochter jaar_oud figlio figlia bambino bambina nipote filho filha
`);
const NAME_WORD = "\\p{Lu}\\p{Ll}[\\p{L}'’-]{0,30}";
const PARTICLES = '(?:(?:von|van|de|der|den|zu|da|di|del|della|la|le|dos|bin|al|el|ten|ter)[ ]){0,2}';
const FULL_NAME = `(?:${NAME_WORD})(?:[ ](?:\\p{Lu}\\.[ ]?){0,2}${PARTICLES}(?:${NAME_WORD}|O['’]\\p{Lu}\\p{Ll}+)){1,5}`;
const RUN = new RegExp(`(?<![\\p{L}\\p{N}])${FULL_NAME}`, 'gu');
const AGE = '(?:[ ]?\\(\\d{1,2}\\))?';
const GLUE = `(?:['’]s)?(?:[ ](?:full[ ]|first[ ])?name)?${AGE}[,:–-]?(?:[ ](?:is|was|called|named|heißt|heisst|hieß|namens|s['’]appelle|appelée?s?|nommée?|se[ ]llama|llamad[oa]|heet|genaamd|si[ ]chiama|se[ ]chama|ist|est|es|son|daughter|boy|girl|sohn|tochter|fils|fille|hijo|hija)[,:]?){0,3}[ ](?:\\p{Lu}\\p{L}+[ ](?:and|und|et|y|en|e)[ ])?`;
const OUR = oneOf('my our his her their a the mein meine unser unsere mon ma notre mi nuestra nuestro mijn onze mio mia');

/** A class by its letter: as good as a school's name to whoever lives there. */
const CLASS = `${oneOf('[Cc]lass [Kk]lasse [Gg]roep [Cc]lasse [Cc]lase [Gg]rade [Yy]ear [Ff]orm [Rr]oom')}[ ]\\d{1,2}[ ]?-?[a-zA-Z](?!\\p{L})|(?<=(?:in|der|die|en|the)[ ])\\d{1,2}[a-e](?![\\p{L}\\p{N}])|(?:CP|CE1|CE2|CM1|CM2)(?:[ ]?[A-C])?(?![\\p{L}\\p{N}])`;
const SORT = '(?:(?:Church of England|C of E|CE|RC|Catholic|Community|Public|Primary|Elementary|Infants?|Junior|Middle|High|Secondary|Grammar|Nursery|Prep|Preparatory|Montessori|Waldorf|Steiner|International|primary|elementary|infants?|junior|middle|high|secondary|nursery)[ ])';
const KIND_OF_SCHOOL = oneOf('[Ss]chool [Aa]cademy [Kk]indergarten [Pp]re-?school [Nn]ursery [Pp]rimary [Ee]lementary [Ii]nfants [Jj]uniors [Pp]rep [Cc]ollege High');
const NOT_A_NAME = `(?!${oneOf('The My Our His Her A This That In At And Primary Elementary High Public New Old Big Sunday Summer Nursery Middle Junior Secondary She He It They We I After Before When His Since')}[ ])`;
const SCHOOLS = [
  `(?<![\\p{L}\\p{N}])(?:${NOT_A_NAME}(?:St\\.?|\\p{Lu}[\\p{L}'’-]{1,30})[ ]){1,4}${SORT}{0,3}${KIND_OF_SCHOOL}(?!\\p{L})`,
  `(?:[Ss]chool|[Kk]indergarten|[Nn]ursery|[Aa]cademy|[Pp]rimary)[ ](?:in|of|at|called|named)[ ](?:the[ ])?\\p{Lu}[\\p{L}'’-]{2,}`,
  '(?<!\\p{L})P\\.?S\\.?[ ]\\d{1,3}(?!\\d)',
  `${oneOf('Grundschule Volksschule Schule Gymnasium Realschule Hauptschule Gesamtschule Oberschule Förderschule Kita Kindergarten Kindertagesstätte Krippe Hort Kinderhaus Waldorfschule Montessorischule')}[ ](?:(?:am|an[ ]der|in[ ]der|im|in|auf[ ]der|von|zu|zur|zum|bei|St\\.|Sankt)[ ]){0,2}["„“»]?\\p{Lu}\\p{L}{2,}`,
  '(?<!\\p{L})(?!(?:Grund|Haupt|Real|Gesamt|Förder|Vor|Musik|Hoch|Volks|Privat|Ganztags|Berufs|Fahr|Tanz|Sonder|Ober|Sekundar|Waldorf|Montessori|Wald|Natur|Dorf)(?:schule|gymnasium|kindergarten|kita)(?!\\p{L}))\\p{Lu}[\\p{L}.-]{2,40}(?:grundschule|schule|-Schule|-Grundschule|gymnasium|-Gymnasium|kindergarten|-Kindergarten|kita|-Kita)(?!\\p{L})',
  "(?<!\\p{L})(?:[ÉéEe]cole|[Cc]ollège|[Ll]ycée|[Cc]rèche|[Mm]aternelle|[Gg]arderie)(?:[ ](?:maternelle|primaire|élémentaire|privée|publique|communale)){0,2}[ ](?:(?:de[ ]la[ ]|de[ ]l['’]|du[ ]|des[ ]|de[ ]|d['’]|à[ ]))?\\p{Lu}[\\p{L}'’-]{2,}",
  `(?<!\\p{L})${oneOf('[Cc]olegio [Ee]scuela [Ii]nstituto [Gg]uardería CEIP IES [Ee]scola [Cc]olégio [Cc]reche [Ss]cuola [Aa]silo [Ll]iceo [Bb]asisschool [Pp]euterspeelzaal [Kk]inderdagverblijf OBS CBS')}(?:[ ](?:público|privado|infantil|primaria|elementare|materna|primária)){0,2}[ ](?:(?:de[ ]la|de[ ]los|del|de|di|da|do|in|te|op)[ ])?["„“»]?\\p{Lu}[\\p{L}'’.-]{1,}`,
];
const CLASSES = new RegExp(CLASS, 'u');
const SCHOOL = new RegExp([...SCHOOLS, CLASS].join('|'), 'u');

/** Without one of these no more is read. */
const SPEAKS_OF_SCHOOL = /school|schule|gymnasium|kita|kindergart|nursery|academy|college|primary|elementary|infants|juniors|prep|high|class|klas|groep|grade|year|form|room|hort|krippe|[ée]cole|coll[èe]ge|lyc[ée]e|cr[èe]che|maternelle|garderie|colegio|escuela|instituto|guarder|ceip|ies|escola|col[ée]gio|scuola|asilo|liceo|obs|cbs|c[pem][12]|p\.?s\.? |\d[a-e]/iu;
/** So many names are judged: a long list of names is no letter of a parent. */
const MAX_NAMES = 200;

const OF_A_CHILD = new RegExp(`(?<![\\p{L}])${CHILD}(?!\\p{L})`, 'iu');
const ATTENDS = "(?:attends|goes[ ]to|go[ ]to|went[ ]to|started[ ](?:at|in)|starts[ ]at|is[ ]in[ ](?:class|year|grade|form|reception)|is[ ]at|geht[ ](?:in|auf|zur)|besucht|kommt[ ]in[ ]die|va[ ](?:à|a|al)|fréquente|est[ ](?:à|en)|gaat[ ]naar|zit[ ]op|frequenta|frequents)(?!\\p{L})";
/** How a name is said to be a child's: what stands before it, and behind it. */
const BEFORE = new RegExp(`(?<![\\p{L}])${CHILD}${GLUE}$`, 'iu');
const BEHIND = new RegExp(`^(?:[ ]?\\(\\d{1,2}\\)|,?[ ](?:aged?[ ])?\\d{1,2}(?![\\p{L}\\p{N}.])|[ ]is[ ]\\d{1,2}(?!\\d)|[ ]ist[ ]\\d{1,2}(?!\\d)|(?:,|[ ](?:is|ist|est|es))[ ](?:${OUR}[ ])(?:[\\p{L}\\d-]+[ ]){0,2}${CHILD}(?!\\p{L})|,?[ ](?:who[ ])?${ATTENDS})`, 'iu');
/** A name beside a school or class: a child's where the words around speak of one. */
const BESIDE = new RegExp(`^,?[ ](?:(?:from|at|of|in|aus|von|de|del|da|uit|van|does|der|die|the|l['’]|la|le)[ ]{0,1}){0,3}(?:${[...SCHOOLS, CLASS].join('|')})`, 'u');

const GROWN_UP_BEFORE = new RegExp(`(?<!\\p{L})${oneOf(`
  mr\\.? mrs\\.? ms\\.? miss mx\\.? dr\\.? prof\\.? sir herrn? frau mme madame monsieur m\\. sr\\.? sra\\.? señora? teacher head headteacher headmaster headmistress principal author therapist doctor coach
  lehrer lehrerin erzieherin direktor direktorin rektor rektorin schulleiter schulleiterin autor autorin by maestra maestro profesora? professeur directrice directeur juf meester
`)}[ ,:]{1,2}$`, 'iu');
const GROWN_UP_BEHIND = /^(?:,? (?:is |was |ist |est |es )?(?:the |a |an |our |my |his |her |their |die |der |unsere? |la |le )?(?:\p{L}+ )?(?:head|headteacher|teacher|principal|author|director|coach|lehrer|lehrerin|rektorin|schulleiterin|directora?|maestra|autor|autorin)(?!\p{L})|,? (?:teaches|taught|writes|wrote|unterrichtet)(?!\p{L})|['’]s? (?:book|novel))/iu;
const GROWN_UP_FIRST = /^(?:Autor(?:in)?|Lehrer(?:in)?|Erzieher(?:in)?|Frau|Herrn?|Rektor(?:in)?|Direktor(?:in)?|Schulleiter(?:in)?|Professor(?:in)?|Teacher|Author|Coach|Headteacher|Principal|Mme|Madame|Monsieur|Señora?) |['’]s /u;
/** Names from books and screens, which children speak of. */
const FROM_STORIES = /^(?:Harry Potter|Pippi |Peppa |Paw Patrol|Star Wars|Winnie |Peter Pan|Spider|Bat|Mickey |Taylor Swift|Astrid Lindgren|Roald Dahl|Julia Donaldson|Conni )/u;
/** Where a run of words with a capital is a name no more. */
const NO_NAME_WORD = new RegExp(`[ ](?:${oneOf('School Primary Elementary Academy Kindergarten Nursery Class Year Grade St Saint Klasse Grundschule Schule Gymnasium Kita Montag Dienstag Monday Tuesday January September August She He They We His Her The Er Sie Er Elle Il Ella')})(?![\\p{L}]).*$`, 'u');

/** What a run of words with a capital may begin with before the name: nouns have one in German, and so has a sentence. */
const NO_NAME_YET = new RegExp(`^(?:${oneOf('Mein Meine Meinem Meinen Unser Unsere Unserem Sein Ihr Der Die Das Dem Den Und Sohn Tochter Kind Junge Mädchen Enkel Enkelin Neffe Nichte Schüler Schülerin My Our His Her Their The Your Dear Hello Hi Son Daughter Mon Notre Onze Mijn And When But For At')}[ ])+`, 'u');

const SENTENCE_END = /(?<!(?:^|[ (])(?:St|Mr|Mrs|Ms|Dr|Prof|Str|\p{Lu}))[.!?…]+["”“»)]*\s+|\n+/gu;

/** The sentences of a text, as where each begins. */
const beginnings = (text: string): number[] => [0, ...[...text.matchAll(SENTENCE_END)].map(({ index, 0: end }) => index + end.length), text.length];

/** A name with what is read around it. */
type Named = Span & { name: string; before: string; behind: string; around: string };

const isGrownUp = ({ name, before, behind }: Named): boolean => GROWN_UP_FIRST.test(name) || GROWN_UP_BEFORE.test(before) || GROWN_UP_BEHIND.test(behind) || FROM_STORIES.test(name) || /["“„«*_]$/.test(before);
const isOfAChild = ({ before, behind }: Named): boolean => BEFORE.test(before) || BEHIND.test(behind);

function* listNames(text: string): Generator<Named> {
  const starts = beginnings(text);
  let at = 0;
  for (const { index, 0: run } of text.matchAll(RUN)) {
    const start = index + (NO_NAME_YET.exec(run)?.[0].length ?? 0);
    const name = run.slice(start - index).replace(NO_NAME_WORD, '');
    if (!name.includes(' ')) continue;
    while ((starts[at + 1] ?? Infinity) <= start) at++;
    const end = start + name.length;
    const from = Math.max(starts[Math.max(0, at - 1)] ?? 0, start - 400);
    const to = Math.min(starts[at + 2] ?? text.length, end + 400);
    const before = text.slice(Math.max(starts[at] ?? 0, start - 80), start);
    yield { start, end, name, before, behind: text.slice(end, end + 120), around: `${text.slice(from, start)}\u25a0${text.slice(end, to)}` };
  }
}

/**
 * Full names of children, first and last, where the same sentence or the one beside it names their school or class. Rules
 * over words in English, German, French, Spanish, Dutch and Italian: a first name alone, a school alone, a teacher's or an
 * author's name is none. Time about linear: for one name no more is read than the sentences beside it.
 */
export function findChildrenAtSchool(text: string): Span[] {
  if (!SPEAKS_OF_SCHOOL.test(text)) return [];
  const named: Named[] = [];
  for (const one of listNames(text)) {
    if (named.length < MAX_NAMES && (isOfAChild(one) || BESIDE.test(one.behind)) && !isGrownUp(one)) named.push(one);
  }
  const isShown = (one: Named) => (isOfAChild(one) ? SCHOOL.test(one.around) : OF_A_CHILD.test(one.around) || CLASSES.test(one.around));
  return named.filter(isShown).map(({ start, end }) => ({ start, end }));
}
