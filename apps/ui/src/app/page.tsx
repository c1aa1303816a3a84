import { MeetingList } from '@/components/meetings/meeting-list';

export default function MeetingsPage() {
  return <MeetingList />;
}
