'use client';

import { unwrap } from '@parley/client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { ProblemNotice } from '../notice';

/** Leads on to the document in which the passage stands. */
export function PassageFinder({ id }: { id: string }) {
  const router = useRouter();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const params = { path: { id } };
    unwrap(pageClient().rag.GET('/v1/chunks/{id}', { params })).then(({ documentId }) => {
      router.replace(`/documents/${documentId}?chunk=${encodeURIComponent(id)}`);
    }, setError);
  }, [id, router]);
  return (
    <div className="mx-auto max-w-xl p-8" aria-busy={!error}>
      <h1 className="mb-3 text-xl font-semibold">
        {error ? strings.reader.gone : strings.reader.opening}
      </h1>
      <ProblemNotice error={error} />
    </div>
  );
}
