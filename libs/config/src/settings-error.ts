/** The system cannot start as it is configured; `problems` names settings and rules, never values. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: string[]) {
    super(`Parley cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}
