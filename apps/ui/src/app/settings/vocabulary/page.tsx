import type { Metadata } from 'next';
import { VocabularySettings } from '@/components/settings/vocabulary-settings';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.settings.vocabulary.title };

export default function VocabularyPage() {
  return <VocabularySettings />;
}
