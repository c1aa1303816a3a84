import type { Metadata } from 'next';
import { SignedIn } from '@/components/signed-in';
import { ownPath } from '@/server/own-path';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.signIn.done };

/** A page of this site between the identity provider and where people go on: from here the session counts. */
export default async function SignedInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  return <SignedIn next={ownPath(next)} />;
}
