import { doubleMetaphone } from 'double-metaphone';
import { soundsLike } from './names';

/** Names that are found by how they sound without being compared with every other one. */
export class NamesBySound {
  /** Positions in `names`. */
  private readonly bySound = new Map<string, number[]>();

  /** @param names without repetition. */
  constructor(private readonly names: readonly string[]) {
    names.forEach((name, at) => {
      for (const sound of soundsOf(name)) {
        const known = this.bySound.get(sound);
        if (known) known.push(at);
        else this.bySound.set(sound, [at]);
      }
    });
  }

  /** Those that sound like `name`, itself among them where it is known, in the order in which they were given. */
  alike(name: string): string[] {
    const near = new Set(soundsOf(name).flatMap((sound) => this.bySound.get(sound) ?? []));
    return [...near]
      .sort((one, other) => one - other)
      .flatMap((at) => this.names[at] ?? [])
      .filter((other) => soundsLike(name, other));
  }
}

/** Names that sound alike have as many words, and share a sound of the first and of the last. */
function soundsOf(name: string): string[] {
  const words = name.split(' ');
  const last = doubleMetaphone(words.at(-1) ?? '');
  return [...new Set(doubleMetaphone(words[0] ?? ''))].flatMap((first) =>
    [...new Set(last)].map((end) => `${words.length} ${first} ${end}`),
  );
}
