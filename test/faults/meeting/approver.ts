import { randomUUID } from 'node:crypto';
import { ParleyProblem, unwrap, type ParleyClient, type TimelineEntry } from '@parley/client';
import { persist } from './persist';

const PRESSES = 3;
const MOST = 5;

/** What became of pressing "approve" several times at once. */
export interface Pressed {
  suggestionId: string;
  connectionId: string;
  /** The actions that the presses were told of, each once. */
  actionIds: string[];
}

/** A person who approves what is suggested, several times at once, and presses again until there is an answer. */
export class Approver {
  readonly pressed: Pressed[] = [];
  private readonly pressing: Promise<void>[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly client: ParleyClient,
    private readonly connectionIds: readonly string[],
  ) {}

  /** Approves it if it is a suggestion that can be carried out. */
  see(entry: TimelineEntry): void {
    if (entry.type !== 'suggestion' || this.seen.has(entry.data.id)) return;
    if (this.seen.size >= MOST) return;
    const connectionId = this.connectionIds[this.seen.size % this.connectionIds.length] ?? '';
    this.seen.add(entry.data.id);
    this.pressing.push(this.press(entry.data.id, connectionId));
  }

  async done(): Promise<void> {
    await Promise.all(this.pressing);
  }

  private async press(suggestionId: string, connectionId: string): Promise<void> {
    const told = await Promise.all(
      Array.from({ length: PRESSES }, () => this.approve(suggestionId, connectionId)),
    );
    const actionIds = [...new Set(told.filter((id) => id !== null))];
    this.pressed.push({ suggestionId, connectionId, actionIds });
  }

  /** @returns the action, or null when another press was first */
  private async approve(id: string, connectionId: string): Promise<string | null> {
    const idempotencyKey = randomUUID();
    try {
      const { action } = await persist(() =>
        unwrap(
          this.client.agent.POST('/v1/suggestions/{id}/approve', {
            params: { path: { id } },
            headers: { 'idempotency-key': idempotencyKey },
            body: { connectionId },
          }),
        ),
      );
      return action.id;
    } catch (error) {
      if (error instanceof ParleyProblem && error.code === 'suggestion-decided') return null;
      throw error;
    }
  }
}
