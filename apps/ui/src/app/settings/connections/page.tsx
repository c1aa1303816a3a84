import type { Metadata } from 'next';
import { Connections } from '@/components/settings/connections';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.connections.title };

export default function ConnectionsPage() {
  return <Connections />;
}
