import type { Metadata } from 'next';
import { Keys } from '@/components/settings/keys';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.keys.title };

export default function KeysPage() {
  return <Keys />;
}
