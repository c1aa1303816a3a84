import type { Metadata } from 'next';
import { SignInForm } from '@/components/sign-in-form';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.signIn.title };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  // A path of this page, never an address: signing in must not lead elsewhere.
  const own = typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
  return <SignInForm next={own} />;
}
