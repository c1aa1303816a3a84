import { PassageFinder } from '@/components/documents/passage-finder';

/** Where a citation leads that names a passage and not its document. */
export default async function PassagePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PassageFinder id={id} />;
}
