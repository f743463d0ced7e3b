import { readFileSync, readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'server', 'scripts', 'prisma', 'tests'];
const IS_SOURCE = /\.(ts|tsx|mts|js|jsx|mjs)$/;
const GENERATED = 'lib/db/generated';

export type SourceFile = {
  /** From the project's root, with slashes. */
  path: string;
  text: string;
};

export type Import = {
  /** What the line names: a file from the project's root (without extension), or a package. */
  target: string;
  isPackage: boolean;
  /** Nothing of it is left when the program runs. */
  typeOnly: boolean;
  line: number;
};

/** Every source file of the project that people wrote. */
export function listSourceFiles(): SourceFile[] {
  return SOURCE_FOLDERS.flatMap((folder) =>
    (readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, withFileTypes: true }) as Dirent[])
      .filter((entry) => entry.isFile() && IS_SOURCE.test(entry.name))
      .map((entry) => path.relative(PROJECT_ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((file) => !file.startsWith(GENERATED))
      .map((file) => ({ path: file, text: readFileSync(path.join(PROJECT_ROOT, file), 'utf8') })),
  );
}

/** Every import of a file: static, `export … from`, `import()`, `import type`, `require()` and types by `import('…')`. */
export function listImports(file: SourceFile): Import[] {
  const tree = parse(file);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    found.push({ ...resolve(file.path, specifier.text), typeOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyImport(node));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyExport(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true);
    else if (ts.isCallExpression(node) && isLoading(node)) add(node, node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Whether the file begins with the directive 'use client'. */
export function isClientFile(file: SourceFile): boolean {
  const [first] = parse(file).statements;
  return first !== undefined && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression) && first.expression.text === 'use client';
}

/** A file as TypeScript sees it. */
export function parse({ path: name, text }: SourceFile): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, /x$/.test(name) ? ts.ScriptKind.TSX : undefined);
}

function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const names = importClause.namedBindings;
  return !importClause.name && names !== undefined && ts.isNamedImports(names) && names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

function isTypeOnlyExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  return isTypeOnly || (exportClause !== undefined && ts.isNamedExports(exportClause) && exportClause.elements.every((element) => element.isTypeOnly));
}

const isLoading = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');

function resolve(from: string, specifier: string): { target: string; isPackage: boolean } {
  const bare = specifier.replace(/\.(ts|tsx|js|mjs)$/, '');
  if (specifier.startsWith('@/')) return { target: path.posix.normalize(bare.slice(2)), isPackage: false };
  if (specifier.startsWith('.')) return { target: path.posix.join(path.posix.dirname(from), bare), isPackage: false };
  return { target: specifier, isPackage: true };
}
