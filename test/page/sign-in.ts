import type { Page } from 'playwright-core';
import type { RunningPage } from './running-page';

/** Signs in, with the operator's key when none is said, and stays at the meetings. */
export async function signIn(
  page: Page,
  { url, key }: Pick<RunningPage, 'url' | 'key'>,
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/`);
}
