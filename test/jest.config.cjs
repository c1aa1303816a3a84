const { resolve } = require('node:path');

const rootDir = resolve(__dirname, '..');

// Six tiers: `unit` (fakes, no network), `medium` (real servers on loopback), `conformance` (what every service
// promises, asked of all six), `faults` (what holds while things are broken), `e2e` (the whole system),
// `page` (a person at a browser).
const tier = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir,
  testEnvironment: 'node',
  testMatch,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/apps/ui/', '<rootDir>/.parley/'],
  // What is written as a module that jest could not load otherwise.
  transform: {
    '^.+\\.ts$': '@swc/jest',
    '(double-metaphone|openid-client|oauth4webapi|jose)/.+\\.js$': '@swc/jest',
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(double-metaphone|openid-client|oauth4webapi|jose)/)',
  ],
  moduleNameMapper: { '^@parley/([^/]+)$': '<rootDir>/libs/$1/src' },
  setupFiles: [
    'reflect-metadata',
    '<rootDir>/test/quiet-logs.ts',
    '<rootDir>/test/no-rate-limits.ts',
  ],
  ...more,
});

module.exports = {
  rootDir,
  testTimeout: 60_000,
  projects: [
    tier('unit', ['<rootDir>/{apps,libs,test,bench,evaluate}/**/*.spec.ts'], {
      testPathIgnorePatterns: [
        '\\.medium\\.spec\\.ts$',
        '\\.e2e\\.spec\\.ts$',
        '\\.conformance\\.spec\\.ts$',
        '\\.faults\\.spec\\.ts$',
        '\\.page\\.spec\\.ts$',
        '/node_modules/',
      ],
    }),
    tier('medium', ['<rootDir>/{apps,libs,test,evaluate}/**/*.medium.spec.ts']),
    tier('conformance', ['<rootDir>/test/conformance/**/*.conformance.spec.ts']),
    tier('faults', ['<rootDir>/test/faults/**/*.faults.spec.ts']),
    tier('e2e', ['<rootDir>/test/**/*.e2e.spec.ts']),
    tier('page', ['<rootDir>/test/page/**/*.page.spec.ts']),
  ],
};
