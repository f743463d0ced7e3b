import ts from 'typescript';
import { parse, type SourceFile } from './source-files';

/** Attributes whose text a person sees or hears. */
const SAID_ATTRIBUTES = /^(aria-label|aria-description|aria-roledescription|aria-placeholder|aria-valuetext|title|alt|placeholder|label|hint|summary|heading|caption)$/;
/** Calls whose words are for those who run the machine. */
const FOR_OPERATORS = /^(Error|TypeError|RangeError|CannotStart|AggregateError|log\.\w+|console\.\w+|noteFault|describe|test)$/;
const SQL = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP|WHERE|FROM|JOIN|ORDER BY|COPY|SET|BEGIN|LOCK|SHOW|ANALYZE|LIKE|NULL)\b/;
const HEADER = /^(?:public|private|no-cache)\b|^[\w+.-]+\/[\w+.-]+;|^attachment; /;
const CSS = /^(?:[:.@][\w-]+ \{|[a-z-]+: .*(?:;|\d(?:px|em)|serif\b))/;
/** Names of keys, headers and the like, which look like words. */
const NAMES = new Set(['Enter', 'Escape', 'Tab', 'Backspace', 'Delete', 'Home', 'End', 'Space', 'Origin', 'Referer', 'Location', 'Allow', 'Link', 'Server', 'Date', 'Cookie', 'Control', 'Meta', 'Shift', 'Alt', 'Mod', 'Vary']);

/**
 * Words that a person would see and that stand outside of the catalogue: `path:line words`. Text and said attributes of markup;
 * elsewhere whatever reads like a sentence or a name on a button. What is for operators (errors, logs) and machines is none.
 */
export function looseWords(file: SourceFile): string[] {
  const tree = parse(file);
  const found: string[] = [];
  const add = (node: ts.Node, words: string) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    found.push(`${file.path}:${line + 1} ${words.trim().replace(/\s+/g, ' ').slice(0, 100)}`);
  };
  const visit = (node: ts.Node): void => {
    if (isForOperators(node) || ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || isOfClasses(node)) return;
    if (ts.isJsxText(node)) {
      if (/\p{L}/u.test(node.text)) add(node, node.text);
    } else if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      const { text } = node.initializer;
      if (SAID_ATTRIBUTES.test(node.name.getText(tree)) ? /\p{L}/u.test(text) : isSentence(text)) add(node, text);
      return;
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…') : node.text;
      if (!isTagged(node) && !isCompared(node) && !isSelector(node) && (isSentence(text) || isName(text))) add(node, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Two words or more, as people write them: not classes, addresses, queries or markup. */
function isSentence(written: string): boolean {
  // Of markup and classes only what is not filled in, and what attributes say.
  const text = written.replace(/<[^<>]*>/g, (tag) => / (?:aria-label|title|alt)="([^"]*)"/.exec(tag)?.[1] ?? ' ').replaceAll('--…', '--').trim();
  if (CSS.test(text) || HEADER.test(text) || text.startsWith('.') || SQL.test(text) || /^[a-z0-9 :_./[\]()%#!-]+$/.test(text) || text.includes('://')) return false;
  return /\p{L}{2,}[,.:;!?’”]? \p{L}+/u.test(text);
}

const isName = (text: string): boolean => /^\p{Lu}\p{Ll}+(…|\.\.\.)?$/u.test(text) && !NAMES.has(text.replace('…', ''));

function isForOperators(node: ts.Node): boolean {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) return FOR_OPERATORS.test(node.expression.getText());
  return false;
}

const isOfClasses = (node: ts.Node): boolean => ts.isJsxAttribute(node) && node.name.getText() === 'className';
const isTagged = (node: ts.Node): boolean => ts.isTaggedTemplateExpression(node.parent);
const isSelector = ({ parent }: ts.Node): boolean => ts.isCallExpression(parent) && /\.(?:querySelector(?:All)?|closest|matches)$/.test(parent.expression.getText());
/** A key of an object, or what something is compared with. */
function isCompared({ parent }: ts.Node): boolean {
  if (ts.isPropertyAssignment(parent) && ts.isStringLiteral(parent.name) && parent.initializer !== undefined && parent.name.getText() !== parent.initializer.getText()) return false;
  return ts.isCaseClause(parent) || (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText()));
}
