import { resolve } from 'node:path';
import type { NextConfig } from 'next';

/** The page uses the typed client of `libs`, which stands outside its own folder. */
const root = resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  // The sample meeting is served by the page and stands outside its folder, too.
  outputFileTracingIncludes: {
    '/sample/[[...path]]': [
      '../standalone/sample/meeting.json',
      '../standalone/sample/*.ogg',
      '../standalone/sample/documents/*',
    ],
  },
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
};

export default config;
