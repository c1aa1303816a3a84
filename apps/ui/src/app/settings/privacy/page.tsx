import type { Metadata } from 'next';
import { PrivacySettings } from '@/components/settings/privacy-settings';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.privacy.title };

export default function PrivacyPage() {
  return <PrivacySettings />;
}
