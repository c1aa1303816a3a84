import { NamesBySound } from './names-by-sound';

/** All that bear a name in a meeting, and who of them is meant by one. */
export class KnownPeople {
  private readonly full: NamesBySound;
  private readonly singles: NamesBySound;
  /** Who has this word as first or last name. */
  private readonly bearers = new Map<string, Set<string>>();
  private readonly parts: NamesBySound;
  private readonly meant = new Map<string, string | null>();

  /** @param keys of participants and of those who were named, in this order; some may come more than once. */
  constructor(keys: readonly string[]) {
    const names = [...new Set(keys)].filter((key) => key !== '');
    const full = names.filter((name) => name.includes(' '));
    this.full = new NamesBySound(full);
    // A first name alone is nobody's until somebody bears it.
    this.singles = new NamesBySound(names.filter((name) => !name.includes(' ')));
    for (const name of full) {
      // Spellings of one name that sound alike are one person: the first counts.
      if (this.full.alike(name)[0] === name) this.note(name);
    }
    this.parts = new NamesBySound([...this.bearers.keys()]);
  }

  /** Who is meant: the one with this name, or the only one of whom it is a part or how it sounds; null where several could be. */
  of(key: string): string | null {
    const known = this.meant.get(key);
    if (known !== undefined) return known;
    const found = key.includes(' ') ? this.byFullName(key) : this.byPart(key);
    this.meant.set(key, found);
    return found;
  }

  private byFullName(key: string): string {
    const alike = this.full.alike(key);
    const others = alike.filter((name) => name !== key);
    // Of two spellings of one name the first that is known counts; of three nobody knows.
    return others.length > 1 ? key : (alike[0] ?? key);
  }

  private byPart(key: string): string | null {
    const named = this.bearers.get(key);
    if (named) return onlyOf([...named]);
    const full = new Set(
      this.parts.alike(key).flatMap((part) => [...(this.bearers.get(part) ?? [])]),
    );
    const singles = this.singles.alike(key);
    const others = singles.filter((name) => name !== key);
    if (full.size + others.length > 1) return null;
    return onlyOf([...full]) ?? singles[0] ?? key;
  }

  private note(name: string): void {
    const words = name.split(' ');
    for (const part of [words[0], words.at(-1)]) {
      if (part === undefined) continue;
      const known = this.bearers.get(part);
      if (known) known.add(name);
      else this.bearers.set(part, new Set([name]));
    }
  }
}

function onlyOf(names: readonly string[]): string | null {
  return names.length === 1 ? (names[0] ?? null) : null;
}
