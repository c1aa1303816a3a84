import type { Metadata } from 'next';
import { LibraryView } from '@/components/library/library-view';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.library.title };

export default function LibraryPage() {
  return <LibraryView />;
}
