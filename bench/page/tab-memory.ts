import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

export interface TabMemory {
  /** What nobody else has: it would be free if the tab were closed. */
  privateMb: number;
  /** That, and its share of what all of the browser's processes have in common: the program and its libraries. */
  proportionalMb: number;
}

const KB_PER_MB = 1_024;

/** What the largest of the browser's tabs takes, the one that is looked at. Null where the system does not tell. */
export async function tabMemory(page: Page): Promise<TabMemory | null> {
  const browser = page.context().browser();
  try {
    const session = browser
      ? await browser.newBrowserCDPSession()
      : await page.context().newCDPSession(page);
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const tabs = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => memoryOf(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')))
      .sort((a, b) => b.privateMb - a.privateMb);
    return tabs[0] ?? null;
  } catch {
    return null;
  }
}

/** @param rollup `smaps_rollup` of Linux: a name and kB in each line */
export function memoryOf(rollup: string): TabMemory {
  const kb = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0);
  return {
    privateMb: (kb('Private_Clean') + kb('Private_Dirty') + kb('SwapPss')) / KB_PER_MB,
    proportionalMb: (kb('Pss') + kb('SwapPss')) / KB_PER_MB,
  };
}
