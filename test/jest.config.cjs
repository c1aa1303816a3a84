// Three tiers: `unit` (fakes, no network), `medium` (real servers on loopback), `e2e` (the whole system).
const swc = ['@swc/jest'];
const tier = (displayName, testMatch) => ({
  displayName,
  rootDir: '..',
  testEnvironment: 'node',
  testMatch,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/apps/ui/'],
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper: { '^@parley/([^/]+)$': '<rootDir>/libs/$1/src' },
  setupFiles: ['reflect-metadata'],
});

module.exports = {
  rootDir: '..',
  projects: [
    tier(
      'unit',
      ['<rootDir>/{apps,libs,test,bench}/**/*.spec.ts'].flatMap((glob) => [
        glob,
        '!**/*.medium.spec.ts',
        '!**/*.e2e.spec.ts',
      ]),
    ),
    tier('medium', ['<rootDir>/{apps,libs,test}/**/*.medium.spec.ts']),
    tier('e2e', ['<rootDir>/test/e2e/**/*.e2e.spec.ts']),
  ],
};
