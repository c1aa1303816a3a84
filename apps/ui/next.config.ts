import { resolve } from 'node:path';
import type { NextConfig } from 'next';

/** The page uses the typed client of `libs`, which stands outside its own folder. */
const root = resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
};

export default config;
