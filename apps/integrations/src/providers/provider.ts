import type { ActionArguments, Citation } from '@parley/contracts';
import type { z } from 'zod';
import type { OAuthAccess, OAuthApp } from '../oauth/oauth-app';
import type { FoundItem, ReadTool } from './read-tool';
import type { Tool } from './tool';

/** An approved suggestion, its arguments frozen; `actionId` is the marker that makes it findable. */
export interface OutgoingAction {
  actionId: string;
  meetingId: string;
  tool: string;
  arguments: ActionArguments;
  citations: Citation[];
}

/** A connection with its secrets, for the length of one call. */
export interface OpenConnection<Settings = Record<string, unknown>> {
  id: string;
  name: string;
  settings: Settings;
  /** Where the provider has {@link Provider.oauth}. */
  access?: OAuthAccess;
}

/** What a provider tells of an action that it carried out. */
export interface SendReceipt {
  externalId?: string;
  url?: string;
  /** HTTP status, where there was one. */
  status?: number;
}

export interface ProviderCall {
  /** Fires when the attempt's or the call's time is up. */
  signal: AbortSignal;
  /** Counted from 1 over the whole life of the delivery. */
  attempt: number;
}

/** Carries actions out in one outside system. An adapter: it holds no rule about retries or approvals. */
export abstract class Provider<Schema extends z.ZodObject = z.ZodObject> {
  abstract readonly id: string;
  abstract readonly name: string;
  abstract readonly tools: readonly Tool[];
  /** What it can be asked, by {@link Provider.read}. */
  get reads(): readonly ReadTool[] {
    return [];
  }
  /**
   * Whether each connection leads to a server of its own, as webhooks do: then one that is unwell is left alone, and not the
   * others of the workspace.
   */
  readonly serverPerConnection: boolean = false;
  /** What a connection must say; fields with `.meta({ secret: true })` are encrypted and never shown. */
  abstract readonly settingsSchema: Schema;

  /** @throws ProblemError `destination-refused` for settings that are well-formed but not allowed. */
  async admit(_settings: z.infer<Schema>): Promise<void> {
    // Most providers call one fixed address.
  }

  /** @throws ProviderFailure, and nothing else on purpose. */
  abstract send(
    action: OutgoingAction,
    connection: OpenConnection<z.infer<Schema>>,
    call: ProviderCall,
  ): Promise<SendReceipt>;

  /**
   * Erases what it keeps on this machine of a meeting; what is with others stays there. Nothing of the meeting is
   * written afterwards. @returns how many actions went.
   */
  forgetMeeting?(meetingId: string): Promise<number>;

  /**
   * Takes out of what it keeps on this machine of a meeting what quotes somebody. Later actions of it quote nobody.
   * @returns how many actions did.
   */
  forgetQuotes?(meetingId: string): Promise<number>;

  /** Where people consent in their browser instead of giving us a token. */
  get oauth(): OAuthApp | undefined {
    return undefined;
  }

  /**
   * Finds out whether the connection works, without an effect that anybody would mind.
   * @throws ProviderFailure saying why not
   */
  abstract check(
    connection: OpenConnection<z.infer<Schema>>,
    call: Pick<ProviderCall, 'signal'>,
  ): Promise<void>;

  /**
   * Answers one of its {@link Provider.reads}, whose schema the arguments fit. Changes nothing there.
   * @throws ProviderFailure, and nothing else on purpose.
   */
  read?(
    tool: string,
    given: ActionArguments,
    connection: OpenConnection<z.infer<Schema>>,
    call: Pick<ProviderCall, 'signal'>,
  ): Promise<FoundItem[]>;

  /** For `reconcilable` tools: what became of the action, found by its id, or null when there is no trace of it. */
  find?(
    action: OutgoingAction,
    connection: OpenConnection<z.infer<Schema>>,
    call: ProviderCall,
  ): Promise<SendReceipt | null>;
}
