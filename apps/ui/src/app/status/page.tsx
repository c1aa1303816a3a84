import type { Metadata } from 'next';
import { SystemStatus } from '@/components/status/system-status';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.status.title };

export default function StatusPage() {
  return <SystemStatus />;
}
