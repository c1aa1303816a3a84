import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Navigation } from '@/components/navigation';
import { Shortcuts } from '@/components/shortcuts';
import { StyleNonce } from '@/components/style-nonce';
import { strings } from '@/strings';
import './globals.css';

export const metadata: Metadata = {
  title: { default: strings.product, template: `%s · ${strings.product}` },
  description: strings.tagline,
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f3' },
    { media: '(prefers-color-scheme: dark)', color: '#131312' },
  ],
};

// Each page carries a nonce of its own: none can be made beforehand.
export const dynamic = 'force-dynamic';

export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html lang="en">
      <body className="min-h-dvh print:block sm:grid sm:grid-cols-[12.5rem_minmax(0,1fr)]">
        <StyleNonce nonce={nonce} />
        <a
          href="#content"
          className="sr-only z-50 print:hidden rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        >
          {strings.skip}
        </a>
        <header className="z-10 print:hidden flex items-center justify-between gap-4 border-b border-line bg-surface px-3 py-2 max-sm:sticky max-sm:top-0 sm:sticky sm:top-0 sm:h-dvh sm:flex-col sm:items-stretch sm:justify-start sm:border-r sm:border-b-0 sm:px-3 sm:py-5">
          <Link href="/" className="px-2.5 text-lg font-semibold tracking-tight text-ink sm:mb-3">
            {strings.product}
          </Link>
          <Navigation />
          <Shortcuts />
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 outline-none">
          {children}
        </main>
      </body>
    </html>
  );
}
