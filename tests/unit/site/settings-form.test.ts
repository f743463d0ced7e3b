import { describe, expect, test } from 'vitest';
import { languageChoices, LANGUAGES, isLanguage, isZone, zoneChoices } from '@/lib/site/languages';
import { directionOf } from '@/lib/words/direction';
import { speak } from '@/lib/words/languages';
import { spokenLanguages } from '@/lib/site/spoken-languages';
import { readSection, rowsEntered, SECTION_SCHEMAS, secureAddress, storedMenuSchema, type Section } from '@/lib/site/settings-form';
import { socialLinks } from '@/lib/site/social';
import { ownerHtml } from '@/lib/text/owner-text';

const PAGE = '01900000-0000-7000-8000-000000000001';
const saysOf = (section: Section, typed: unknown) => {
  const read = SECTION_SCHEMAS[section].safeParse(typed);
  return read.success ? read.data : read.error.issues.map(({ path, message }) => `${path.map(String).join('-')}: ${message}`);
};

describe('what the sections take', () => {
  test.each<[Section, unknown, unknown]>([
    ['name', { title: '  Small\n hours ', tagline: 'a\tb' }, { title: 'Small hours', tagline: 'a b' }],
    ['name', { title: ' ', tagline: null }, ['title: Please give your blog a name.']],
    ['name', { title: 'x'.repeat(201) }, ['title: A title has at most 200 characters.']],
    ['about', { about: ' One\r\n\r\nTwo\u0007 ', pictureId: '' }, { about: 'One\n\nTwo', pictureId: null }],
    ['about', { about: 'x'.repeat(2_001), pictureId: 'p' }, ['about: This has at most 2,000 characters.', 'pictureId: Please choose a picture of your media.']],
    ['look', { palette: 'plum', iconId: PAGE }, { palette: 'plum', iconId: PAGE }],
    ['look', { palette: 'red' }, ['palette: Please choose one of the palettes.']],
    ['reading', { postsPerPage: ' 7 ', timeZone: 'Pacific/Auckland', language: 'pt-BR' }, { postsPerPage: 7, timeZone: 'Pacific/Auckland', language: 'pt-BR' }],
    ['reading', { postsPerPage: '51', timeZone: 'Nowhere/Town', language: 'xx-tlh-!' }, ['postsPerPage: Please enter a whole number from 1 to 50.', 'timeZone: Please choose a time zone.', 'language: Please choose a language.']],
    ['reading', { postsPerPage: '0', timeZone: '+01:00', language: 'zz' }, ['postsPerPage: Please enter a whole number from 1 to 50.', 'timeZone: Please choose a time zone.', 'language: Please choose a language.']],
    ['elsewhere', { social: 'https://x.com/ines\n\n https://x.com/ines \nhttps://Mastodon.social/@ines' }, { social: ['https://x.com/ines', 'https://mastodon.social/@ines'] }],
    ['elsewhere', { social: 'http://x.com/ines\njavascript:alert(1)' }, ['social: “http://x.com/ines” is not a whole address that begins with https://.', 'social: “javascript:alert(1)” is not a whole address that begins with https://.']],
    ['conduct', { conduct: 'x'.repeat(5_001) }, ['conduct: A code of conduct has at most 5,000 characters.']],
    ['menu', { menu: null }, { menu: null }],
    ['menu', { menu: [{ label: '', page: PAGE, to: 'ignored' }, { label: 'Old', page: '', to: '/archive/2016?x=1' }, { label: 'Shop', page: '', to: 'https://shop.example' }] }, { menu: [{ label: '', page: PAGE }, { label: 'Old', to: '/archive/2016?x=1' }, { label: 'Shop', to: 'https://shop.example/' }] }],
    ['menu', { menu: [{ label: '', page: '', to: '/about' }, { label: 'x', page: 'about', to: '' }] }, ['menu-0-label: Please give this link a name.', 'menu-1-page: Please choose where this link leads.']],
    ['menu', { menu: Array.from({ length: 9 }, () => ({ label: 'x', page: '', to: '/' })) }, ['menu: There may be 8 links at most.']],
  ])('%s %j', (section, typed, says) => expect(saysOf(section, typed)).toEqual(says));

  test.each(['//elsewhere.example', '/\\elsewhere.example', 'http://elsewhere.example', 'javascript:alert(1)', 'data:text/html,x', 'https://me:secret@elsewhere.example', 'about', '', 'https://', `https://e.example/${'x'.repeat(500)}`])('no link of the menu leads to %j', (to) => {
    expect(saysOf('menu', { menu: [{ label: 'x', page: '', to }] })).toEqual([expect.stringMatching(/^menu-0-to: Please write a path/)]);
  });

  test('an address is whole and safe, or none', () => {
    expect(['https://example.com', 'HTTPS://example.com/a b', 'http://example.com', 'https:/example.com', 'ftp://example.com'].map(secureAddress)).toEqual(['https://example.com/', 'https://example.com/a%20b', null, null, null]);
  });
});

test('a form is read row by row, and gives back what was typed', () => {
  const form = new FormData();
  for (const [name, value] of [['section', 'menu'], ['seen', 's'], ['own', 'own'], ['page', PAGE], ['to', ''], ['label', 'About'], ['page', ''], ['to', '/x'], ['label', '']] as const) form.append(name, value);
  const read = readSection(form);
  expect(read).toMatchObject({ section: 'menu', seen: 's', typed: { menu: [{ label: 'About', page: PAGE, to: '' }, { label: '', page: '', to: '/x' }] } });
  expect(rowsEntered(read.entered.rows!)).toEqual(read.typed.menu);
  form.set('own', 'pages');
  expect(readSection(form).typed.menu).toBeNull();
  expect([rowsEntered('no JSON'), rowsEntered('[{"label":1}]')]).toEqual([[], []]);
  expect(readSection(new FormData())).toMatchObject({ section: '', seen: '', entered: { rows: '[]' } });
});

test.each([[null, null], [[{ label: 'a', to: '/b' }], [{ label: 'a', to: '/b' }]], [{}, null], [[{ label: 'a' }], null], ['x', null]])('the menu %j of the database is %j', (stored, read) => {
  expect(storedMenuSchema.parse(stored)).toEqual(read);
});

test('every language on offer has dates of its own, and every zone is one', () => {
  expect(LANGUAGES.filter((tag) => !isLanguage(tag))).toEqual([]);
  expect(languageChoices('en').map(({ value }) => value)).toHaveLength(LANGUAGES.length);
  expect(languageChoices('dz').find(({ value }) => value === 'dz')?.label).toContain('(dz)');
  expect(LANGUAGES.filter((tag) => directionOf(tag) === 'rtl')).toEqual(['ar', 'fa', 'he', 'ur']);
  const zones = zoneChoices('Asia/Calcutta').map(({ value }) => value);
  expect(zones).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'Asia/Calcutta']));
  expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  expect(new Set(zones).size).toBe(zones.length);
});

test.each([['en', 'English or Spanish'], ['es-MX', 'inglés o español'], ['de', 'English or Spanish'], ['ar', 'English or Spanish']])('where the blog is in %s it tells that its own words are in %s', (language, names) => {
  speak(language);
  expect(spokenLanguages()).toBe(names);
  speak('en');
});

test('a sentence of refusal is in the language of the moment', () => {
  speak('es');
  expect(saysOf('reading', { postsPerPage: '0', timeZone: 'UTC', language: 'zz' })).toEqual(['postsPerPage: Escribe un número entero de 1 a 50.', 'language: Elige un idioma.']);
  speak('en');
});

test('places elsewhere have names that readers know, and no two the same', () => {
  const addresses = ['https://www.instagram.com/ines', 'https://mastodon.social/@ines', 'https://de.linkedin.com/in/ines', 'https://ines.example/notes/', 'https://x.com/ines', 'https://twitter.com/other', 'no address'];
  expect(socialLinks(addresses).map(({ name }) => name)).toEqual(['Instagram', '@ines@mastodon.social', 'LinkedIn', 'ines.example', 'Twitter (X): ines', 'Twitter (X): other', 'no address']);
});

test('what an owner writes is safe, and its links are the blog’s own word', () => {
  const html = ownerHtml('**Be kind.** See [this](https://example.com) and <script>alert(1)</script>\n\n- one\n- two');
  expect(html).toContain('<a href="https://example.com" rel="noopener">this</a>');
  expect(html).toContain('<strong>Be kind.</strong>');
  expect(html).toContain('<li>one</li>');
  expect(html).not.toContain('<script');
});
