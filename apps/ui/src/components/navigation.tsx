'use client';

import { FileText, Gauge, LibraryBig, MessagesSquare, Settings } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { strings } from '@/strings';
import { classNames } from './class-names';

const PLACES = [
  { href: '/', label: strings.nav.meetings, icon: MessagesSquare, below: '/meetings' },
  { href: '/library', label: strings.nav.library, icon: LibraryBig, below: '/library' },
  { href: '/documents', label: strings.nav.documents, icon: FileText, below: '/documents' },
  { href: '/status', label: strings.nav.status, icon: Gauge, below: '/status' },
  { href: '/settings', label: strings.nav.settings, icon: Settings, below: '/settings' },
];

export function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label={strings.nav.label} className="flex gap-1 sm:flex-col">
      {PLACES.map(({ href, label, icon: Icon, below }) => {
        const here = path === href || path.startsWith(below);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={classNames(
              'flex min-h-10 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium',
              here ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-sunken hover:text-ink',
            )}
          >
            <Icon aria-hidden size={17} strokeWidth={1.9} />
            <span className="max-sm:sr-only">{label}</span>
          </Link>
        );
      })}
    </nav>
  );
}
