import type { Metadata } from 'next';
import { SignInForm } from '@/components/sign-in-form';
import { ownPath } from '@/server/own-path';
import { signInOffer } from '@/server/provider-sign-in';
import { strings } from '@/strings';

export const metadata: Metadata = { title: strings.signIn.title };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; fault?: string | string[] }>;
}) {
  const { next, fault } = await searchParams;
  const own = ownPath(next);
  const offer = await signInOffer(own);
  return <SignInForm next={own} offer={offer} fault={typeof fault === 'string' ? fault : null} />;
}
