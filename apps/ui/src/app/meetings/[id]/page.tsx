import { headers } from 'next/headers';
import { MeetingView } from '@/components/meeting/meeting-view';
import { publicIngestionUrl } from '@/server/services';

export default async function MeetingPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <MeetingView
      key={id}
      meetingId={id}
      socketUrl={publicIngestionUrl((await headers()).get('host'))}
    />
  );
}
