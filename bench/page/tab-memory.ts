import type { Page } from 'playwright-core';
import { smapsOf, type Smaps } from '../process-tree';

export interface TabMemory {
  /** What nobody else has: it would be free if the tab were closed. */
  privateMb: number;
  /** That, and its share of what all of the browser's processes have in common: the program and its libraries. */
  proportionalMb: number;
}

/** What the largest of the browser's tabs takes, the one that is looked at. Null where the system does not tell. */
export async function tabMemory(page: Page): Promise<TabMemory | null> {
  const browser = page.context().browser();
  const session = browser
    ? await browser.newBrowserCDPSession()
    : await page.context().newCDPSession(page);
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const [largest] = processInfo
    .filter(({ type }) => type === 'renderer')
    .flatMap(({ id }) => told(id) ?? [])
    .sort((a, b) => b.privateBytes - a.privateBytes);
  if (!largest) return null;
  const { privateBytes, pssBytes, swappedBytes } = largest;
  return { privateMb: privateBytes / 1e6, proportionalMb: (pssBytes + swappedBytes) / 1e6 };
}

function told(pid: number): Smaps | null {
  try {
    return smapsOf(pid);
  } catch {
    // It ended since the list was made, or there is no /proc.
    return null;
  }
}
