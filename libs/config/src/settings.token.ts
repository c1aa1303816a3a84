/** Injects a service's settings: `@Inject(SETTINGS) private readonly settings: AgentSettings`. */
export const SETTINGS = Symbol('SETTINGS');
