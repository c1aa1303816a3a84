const { resolve } = require('node:path');

const rootDir = resolve(__dirname, '..');

// Three tiers: `unit` (fakes, no network), `medium` (real servers on loopback), `e2e` (the whole system).
const tier = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir,
  testEnvironment: 'node',
  testMatch,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/apps/ui/'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^@parley/([^/]+)$': '<rootDir>/libs/$1/src' },
  setupFiles: ['reflect-metadata', '<rootDir>/test/quiet-logs.ts'],
  ...more,
});

module.exports = {
  rootDir,
  testTimeout: 60_000,
  projects: [
    tier('unit', ['<rootDir>/{apps,libs,test,bench}/**/*.spec.ts'], {
      testPathIgnorePatterns: ['\\.medium\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '/node_modules/'],
    }),
    tier('medium', ['<rootDir>/{apps,libs,test}/**/*.medium.spec.ts']),
    tier('e2e', ['<rootDir>/test/e2e/**/*.e2e.spec.ts']),
  ],
};
