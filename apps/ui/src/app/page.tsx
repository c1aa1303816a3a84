import { headers } from 'next/headers';
import { MeetingList } from '@/components/meetings/meeting-list';
import { publicIngestionUrl } from '@/server/services';

export default async function MeetingsPage() {
  return <MeetingList socketUrl={publicIngestionUrl((await headers()).get('host'))} />;
}
