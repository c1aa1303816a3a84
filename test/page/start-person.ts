import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from './browser';
import { startPage, type RunningPage } from './running-page';
import { signIn } from './sign-in';

/** Starting builds what is not built yet. */
export const STARTED_WITHIN_MS = 480_000;
export const LEFT_WITHIN_MS = 60_000;

export interface Person {
  parley: RunningPage;
  browser: TestBrowser;
  page: Page;
  /** Closes the browser, and stops Parley. */
  leave(): Promise<void>;
}

export interface PersonOptions {
  /** Of the operator. */
  settings?: Record<string, string>;
  /** Whether they come signed in. Default: yes. */
  signedIn?: boolean;
  /** How long the page may take for what is awaited of it. Default: half a minute. */
  patienceMs?: number;
  /** The port on which others may drive their browser. Default: none may. */
  debuggedOn?: number;
}

/**
 * A person at the page of a Parley of their own, at the meetings.
 * @param microphone a recording in its place; null: there is none
 */
export async function startPerson(
  microphone: string | null,
  { settings = {}, signedIn = true, patienceMs = 30_000, debuggedOn }: PersonOptions = {},
): Promise<Person> {
  const parley = await startPage(settings);
  const browser = await openBrowser(microphone, debuggedOn ? { debuggedOn } : {});
  const { page } = browser;
  page.setDefaultTimeout(patienceMs);
  if (signedIn) await signIn(page, parley);
  const leave = async (): Promise<void> => {
    await browser.close();
    await parley.stop();
  };
  return { parley, browser, page, leave };
}
