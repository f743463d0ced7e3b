import { describe, expect, test } from 'vitest';
import { physicalClassesIn, physicalIn, styleSheets } from '../../support/physical-styles';
import { listSourceFiles } from '../../support/source-files';

/** What stays at its side whichever way lines run, and why. */
const STAYS: { path: string; found: string[]; why: string }[] = [
  { path: 'components/ui/prose.css', found: ['float: left', 'margin-right: 1.5em', 'float: right', 'margin-left: 1.5em'], why: 'an author has put the picture at this side of the text' },
  { path: 'components/ui/prose.css', found: ['background: linear-gradient(to bottom left, transparent 55%, var(--color-muted) 57%)'], why: 'the hill in the sign of a picture' },
  { path: 'components/editor/editor.css', found: ['float: left', 'margin-right: 1.5em', 'float: right', 'margin-left: 1.5em'], why: 'the same in the editor' },
  { path: 'components/editor-screen/editor-screen.css', found: ['border-width: 0 1.5px 1.5px 0'], why: 'a mark that points down, turned' },
  { path: 'components/moderation/queue.css', found: ['mask-image: linear-gradient(to right, transparent, #000 1rem calc(100% - 1.5rem), transparent)'], why: 'fades at both ends' },
];

test('no style sheet has a left or a right: a blog may be written from right to left', () => {
  const allowed = (path: string) => STAYS.filter((one) => one.path === path).flatMap(({ found }) => found);
  const found = styleSheets().map(({ path, css }) => [path, physicalIn(css)] as const).filter(([path, all]) => all.length > 0 || allowed(path).length > 0);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(found.map(([path]) => [path, allowed(path)])));
  expect(found.map(([path]) => path)).toEqual(expect.arrayContaining(STAYS.map(({ path }) => path)));
});

test('no component has a class of a left or a right', () => {
  const components = listSourceFiles().filter(({ path }) => path.endsWith('.tsx') && /^(app|components)\//.test(path));
  expect(components.flatMap(({ path, text }) => physicalClassesIn(text).map((name) => `${path}: ${name}`))).toEqual([]);
});

describe('what is looked for', () => {
  test.each([
    'margin-left: 1rem', 'padding-right: 0', 'left: 0', 'border-left: 1px solid', 'border-top-left-radius: 2px', 'text-align: right', 'float: left', 'margin: 0 1rem 0 2rem', 'padding: 0 0 0 calc(1rem + 2px)',
    'border-radius: 0 4px 4px 0', 'border-radius: 4px 0', 'inset: 0 auto 0 0', 'box-shadow: inset 3px 0 0 red', 'translate: 1rem', 'transform: translateX(1rem)', 'transform: translate(-50%, -50%)', 'background: linear-gradient(to right, red, blue)', 'transform-origin: top left',
  ])('%s stays at its side', (declaration) => {
    expect(physicalIn(`.a { color: red; ${declaration}; }`)).toEqual([declaration]);
    expect(physicalIn(`@media (width < 3rem) { .a:hover, .b::before { ${declaration} } }`)).toEqual([declaration]);
  });

  test.each([
    'margin-inline-start: 1rem', 'inset-inline-end: 0', 'text-align: end', 'margin: 0 1rem', 'margin: 0 auto 1rem', 'margin: 1px 2px 3px 2px', 'border-radius: 4px 4px 0 0', 'border-radius: 4px', 'inset: 0', 'box-shadow: 0 0.25rem 1rem red',
    'box-shadow: inset calc(3px * var(--onward)) 0 0 red', 'box-shadow: -1rem 0 0 red, 1rem 0 0 red', 'translate: 0 -1rem', 'transform: translateY(-50%)', 'transform: rotate(45deg)', '--left: 1px', 'object-position: var(--focus-x) 50%',
  ])('%s does not', (declaration) => {
    expect(physicalIn(`.a { ${declaration}; }`)).toEqual([]);
  });

  test('classes of Tailwind', () => {
    expect(physicalClassesIn('<p className="ml-4 text-left ms-2 leftover"><b className={cond ? \'sm:pr-2\' : `rounded-tl-lg`} />')).toEqual(['ml-4', 'text-left', 'pr-2', 'rounded-tl-lg']);
    expect(physicalClassesIn('<p className="flex left-texts alignleft">')).toEqual([]);
  });
});
