import { DocumentReader } from '@/components/documents/document-reader';

interface Properties {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ chunk?: string | string[] }>;
}

export default async function DocumentPage({ params, searchParams }: Properties) {
  const [{ id }, { chunk }] = await Promise.all([params, searchParams]);
  const cited = typeof chunk === 'string' ? chunk : null;
  return <DocumentReader key={`${id} ${cited}`} documentId={id} cited={cited} />;
}
