import { headers } from 'next/headers';
import { MeetingView } from '@/components/meeting/meeting-view';
import { publicIngestionUrl } from '@/server/services';

interface Properties {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ line?: string | string[] }>;
}

export default async function MeetingPage({ params, searchParams }: Properties) {
  const [{ id }, { line }] = await Promise.all([params, searchParams]);
  return (
    <MeetingView
      key={id}
      meetingId={id}
      firstLine={typeof line === 'string' ? line : null}
      socketUrl={publicIngestionUrl((await headers()).get('host'))}
    />
  );
}
