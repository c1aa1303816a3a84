/**
 * Sets settings for all services of this process: the launcher's way to tell them where the embedded
 * database is. What the operator has set already stays.
 */
export function provideSettings(defaults: Record<string, string>): void {
  for (const [name, value] of Object.entries(defaults)) {
    process.env[name] ||= value;
  }
}
