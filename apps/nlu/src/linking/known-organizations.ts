import { abbreviationIn, initialsOf, organizationKey } from './names';

/** All organisations that are named in a meeting, and which of them is meant by a name. */
export class KnownOrganizations {
  /** By the words that they begin with. */
  private readonly longer = new Map<string, string[]>();
  private readonly byInitials = new Map<string, string[]>();

  /** @param keys some may come more than once. */
  constructor(keys: readonly string[]) {
    for (const key of new Set(keys)) {
      for (let end = key.indexOf(' '); end > 0; end = key.indexOf(' ', end + 1)) {
        add(this.longer, key.slice(0, end), key);
      }
      for (const initials of initialsOf(key)) add(this.byInitials, initials, key);
    }
  }

  /** The one of this name, or the only one that it is the first words or the initials of; null where several could be meant. */
  of(text: string): string | null {
    const key = organizationKey(text);
    const longer = this.longer.get(key);
    if (longer) return longer.length === 1 ? (longer[0] ?? null) : null;
    const spelled = this.byInitials.get(abbreviationIn(text) ?? '') ?? [];
    if (spelled.length > 1) return null;
    return spelled[0] ?? key;
  }
}

function add(to: Map<string, string[]>, word: string, key: string): void {
  const known = to.get(word);
  if (known) known.push(key);
  else to.set(word, [key]);
}
