import type { SessionEntity } from '../sessions/session.entity';
import { formsOf } from './names/known-names';
import { readyNames } from './names/name-lexicon';
import type { Redaction } from './redact';

/** What is taken out of what is said on a channel; who is there is learnt while the meeting runs. */
export class ChannelRedaction {
  private readonly people = new Set<string>();
  private forms: readonly string[] = [];

  constructor(
    private readonly session: Pick<SessionEntity, 'redactPersonalData' | 'redactNames'>,
    people: Iterable<string> = [],
  ) {
    if (session.redactNames) readyNames();
    this.know(people);
  }

  get ofNames(): boolean {
    return this.session.redactNames;
  }

  /** Null: nothing. */
  get what(): Redaction | null {
    const { redactPersonalData: contacts, redactNames } = this.session;
    return contacts || redactNames ? { contacts, names: redactNames ? this.forms : null } : null;
  }

  /** Somebody whose name is not to be left in what is said. */
  know(people: Iterable<string>): void {
    const before = this.people.size;
    for (const name of people) this.people.add(name);
    if (this.people.size > before) this.forms = formsOf(this.people);
  }
}
