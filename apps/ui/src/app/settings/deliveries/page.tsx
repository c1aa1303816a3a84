import type { Metadata } from 'next';
import { Deliveries } from '@/components/settings/deliveries';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.deliveries.title };

export default function DeliveriesPage() {
  return <Deliveries />;
}
