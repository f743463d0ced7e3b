import nextCoreWebVitals from 'eslint-config-next/core-web-vitals';
import tseslint from 'typescript-eslint';

const noSkippedTests = ['test', 'it', 'describe', 'suite'].map((name) => ({
  selector: `MemberExpression[object.name="${name}"][property.name=/^(only|skip|todo|fails|skipIf|runIf)$/]`,
  message: 'Every test runs, everywhere.',
}));

export default tseslint.config(
  { ignores: ['.next/', '.build/', '.data/', 'lib/db/generated/', 'public/', 'test-results/', 'coverage/', 'next-env.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...nextCoreWebVitals,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-console': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['warn', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  // Readers' pages are documents, not an app: a link is a link, and <head> is written where it stands (docs/decisions).
  // A person's picture is small and kept by us already.
  { rules: { 'import/no-anonymous-default-export': 'off', '@next/next/no-html-link-for-pages': 'off', '@next/next/no-head-element': 'off', '@next/next/no-img-element': 'off' } },
  // A language is one file.
  { files: ['lib/words/*.ts'], rules: { 'max-lines': 'off' } },
  { files: ['tests/**'], rules: { 'react-hooks/rules-of-hooks': 'off', 'no-restricted-syntax': ['error', ...noSkippedTests], 'max-lines': 'off', 'max-lines-per-function': 'off' } },
);
