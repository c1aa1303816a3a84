import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { dataPath, SETTINGS } from '@parley/config';
import { z } from 'zod';
import { errorCode } from '../../error-code';
import type { IntegrationsSettings } from '../../integrations.settings';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { ProviderFailure } from '../provider-failure';
import { anyArguments } from '../tool-arguments';
import { DeliveryFile } from './delivery-file';
import { slug } from './slug';

const settingsSchema = z.strictObject({});

/** One JSON line per action in `<DATA_DIR>/deliveries/<connection>.jsonl`; needs no network and no key. */
@Injectable()
export class FileProvider extends Provider<typeof settingsSchema> {
  readonly id = 'file';
  readonly name = 'File';
  readonly tools = [
    {
      name: 'file.append',
      class: 'reconcilable' as const,
      risk: 'low' as const,
      arguments: anyArguments,
      description: 'Writes any action as one JSON line to a file of this machine.',
    },
  ];
  readonly settingsSchema = settingsSchema;
  /** Looking for the marker and writing the line must not interleave with another action's. */
  private queue: Promise<unknown> = Promise.resolve();
  private readonly forgotten = new Set<string>();

  constructor(
    @Inject(SETTINGS) private readonly appSettings: Pick<IntegrationsSettings, 'DATA_DIR'>,
  ) {
    super();
  }

  send(
    action: OutgoingAction,
    connection: OpenConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const file = this.fileOf(connection);
    return this.inTurn('cannot be written', async () => {
      signal.throwIfAborted();
      // A worker may have had it in hand when it was erased.
      if (this.forgotten.has(action.meetingId)) return {};
      if (!(await file.has(action.actionId, signal))) {
        await file.append(toLine(action));
      }
      return { externalId: action.actionId };
    });
  }

  async check(connection: OpenConnection, { signal }: Pick<ProviderCall, 'signal'>): Promise<void> {
    const file = this.fileOf(connection);
    await this.inTurn('cannot be read', () => file.has(connection.id, signal));
  }

  override find(
    { actionId: marker }: OutgoingAction,
    connection: OpenConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt | null> {
    const file = this.fileOf(connection);
    return this.inTurn('cannot be read', async () =>
      (await file.has(marker, signal)) ? { externalId: marker } : null,
    );
  }

  /** In every file there: its connection may have been renamed or removed since. */
  override forgetMeeting(meetingId: string): Promise<number> {
    this.forgotten.add(meetingId);
    return this.inEveryFile((file) => file.forget(meetingId));
  }

  override forgetQuotes(meetingId: string): Promise<number> {
    return this.inEveryFile((file) => file.forgetQuotes(meetingId));
  }

  private inEveryFile(change: (file: DeliveryFile) => Promise<number>): Promise<number> {
    const folder = dataPath(this.appSettings, 'deliveries');
    return this.inTurn('cannot be rewritten', async () => {
      let went = 0;
      for (const name of await namesIn(folder)) {
        if (name.endsWith('.jsonl')) went += await change(new DeliveryFile(join(folder, name)));
      }
      return went;
    });
  }

  private fileOf(connection: OpenConnection): DeliveryFile {
    return new DeliveryFile(
      dataPath(this.appSettings, 'deliveries', `${slug(connection.name)}.jsonl`),
    );
  }

  private async inTurn<T>(complaint: string, work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (error) {
      // Uncertain, for the line may be there all the same: the next attempt looks first.
      const facts = { retryable: true, uncertain: true };
      throw new ProviderFailure(`the delivery file ${complaint}`, facts, { cause: error });
    }
  }
}

/** What was approved; how the delivery is going is not the reader's business. */
function toLine({ actionId, meetingId, tool, ...action }: OutgoingAction): object {
  return {
    deliveredAt: new Date().toISOString(),
    actionId,
    meetingId,
    tool,
    arguments: action.arguments,
    citations: action.citations,
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
