import type { Metadata } from 'next';
import { Engines } from '@/components/settings/engines';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.engines.title };

export default function EnginesPage() {
  return <Engines />;
}
