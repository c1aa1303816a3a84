import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

const apps = ['ingestion', 'asr', 'nlu', 'rag', 'agent', 'integrations'];
const deepImport = {
  regex: '^@parley/[^/]+/.+',
  message: "A library's only door is its index: import from '@parley/<library>'.",
};
const intoLibrary = {
  regex: '(^|/)libs/',
  message: "Import a library by its name: '@parley/<library>'.",
};
const otherApp = {
  regex: `^(\\.\\./)+(${apps.join('|')}|standalone)/src/`,
  message: 'An app never imports an app: ask it over HTTP, or listen to its events.',
};

const nestLogger = {
  name: '@nestjs/common',
  importNames: ['Logger', 'ConsoleLogger'],
  message: "Log an event of the catalogue: logEvent('…') of @parley/observability.",
};
const pinoItself = {
  regex: '^(pino|nestjs-pino)$',
  message: 'Only libs/observability writes lines; log an event of its catalogue.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.parley/',
      'coverage/',
      'apps/ui/.next/',
      'apps/ui/node_modules/',
      'apps/ui/public/',
      'apps/ui/next-env.d.ts',
      'libs/client/src/generated/',
    ],
  },
  {
    files: ['**/*.ts', 'apps/ui/**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [deepImport, intoLibrary, otherApp, pinoItself], paths: [nestLogger] },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Empty strings count as unset in settings and messages.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true } },
      ],
      // `newId<MeetingId>()` and `request<Meeting>(…)`: the caller names what comes back.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // `as Step` says which type is certain; a bare `!` says nothing.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // DTOs and entities are classes without methods: spreading one copies its data.
      '@typescript-eslint/no-misused-spread': 'off',
      // Nest's options are classes that nobody instantiates.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Nest modules, DTOs and migrations are classes without members.
      '@typescript-eslint/no-extraneous-class': 'off',
      // Interfaces of several adapters: not every one of them has something to await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: ['libs/contracts/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^@parley/', message: 'The contracts depend on nothing of ours.' },
            otherApp,
          ],
        },
      ],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**', 'libs/config/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings come from @parley/config only.' },
      ],
    },
  },
  {
    // The page's server is a program of its own, which libs/config does not reach, and Next puts what it finds at
    // build time in the place of `process.env.NAME`, but not of `process.env['NAME']`.
    files: ['apps/ui/**/*.{ts,tsx}'],
    rules: { 'no-restricted-properties': 'off', '@typescript-eslint/dot-notation': 'off' },
  },
  {
    // The launcher is where the apps meet.
    files: ['apps/standalone/src/launch/service-*.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [deepImport, intoLibrary] }] },
  },
  {
    // What is written to the log, and by whom, is decided here.
    files: ['libs/observability/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [deepImport, intoLibrary, otherApp] }],
    },
  },
  {
    // A line past the logger is past its rules, too. Commands talk to a person.
    files: ['libs/**/*.ts', 'apps/*/src/**/*.ts'],
    ignores: ['apps/standalone/src/**'],
    rules: { 'no-console': 'error' },
  },
);
