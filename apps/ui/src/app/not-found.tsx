import Link from 'next/link';
import { strings } from '@/strings';

export default function NotFound() {
  return (
    <div className="mx-auto max-w-md px-6 py-24 text-center">
      <h1 className="text-xl font-semibold">{strings.problem.missing}</h1>
      <p className="mt-2 text-sm text-muted">{strings.problem.missingExplain}</p>
      <Link href="/" className="mt-4 inline-block text-sm text-accent hover:underline">
        {strings.problem.home}
      </Link>
    </div>
  );
}
