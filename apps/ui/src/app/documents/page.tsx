import type { Metadata } from 'next';
import { Library } from '@/components/documents/library';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.documents.title };

export default function DocumentsPage() {
  return <Library />;
}
