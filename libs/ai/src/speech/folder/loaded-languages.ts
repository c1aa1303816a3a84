/** As many copies of a model are kept, one for each language: a copy may be a gigabyte. */
const MOST_KEPT = 3;

/** A model that is loaded once for each language; the first language stays, of the others those asked for last. */
export class LoadedLanguages<Model> {
  /** In the order in which they were last asked for. */
  private readonly loaded = new Map<string, Promise<Model>>();

  constructor(
    private readonly first: string,
    private readonly load: (language: string) => Promise<Model>,
  ) {}

  /** Whoever still uses one that is not kept any more may go on. */
  of(language: string): Promise<Model> {
    const model = this.loaded.get(language) ?? this.loadOnce(language);
    this.loaded.delete(language);
    this.loaded.set(language, model);
    if (this.loaded.size > MOST_KEPT) {
      const oldest = [...this.loaded.keys()].find((one) => one !== this.first);
      if (oldest !== undefined) this.loaded.delete(oldest);
    }
    return model;
  }

  private loadOnce(language: string): Promise<Model> {
    const model = this.load(language);
    // Who asks next tries again.
    model.catch(() => {
      if (this.loaded.get(language) === model) this.loaded.delete(language);
    });
    return model;
  }
}
