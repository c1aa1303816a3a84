import type { Metadata } from 'next';
import { AuditLog } from '@/components/settings/audit-log';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.audit.title };

export default function AuditLogPage() {
  return <AuditLog />;
}
