'use client';

import { Button } from '@/components/button';
import { strings } from '@/strings';

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <div className="mx-auto max-w-md px-6 py-24 text-center">
      <h1 className="mb-4 text-xl font-semibold">{strings.problem.title}</h1>
      <Button onClick={reset}>{strings.problem.again}</Button>
    </div>
  );
}
