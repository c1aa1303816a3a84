import { EmbeddingEngine, type EmbedOptions } from './embedding-engine';
import { LocalEmbeddingEngine } from './local-embedding.engine';

interface Shared {
  engine: LocalEmbeddingEngine;
  holders: number;
}

const sharedByDirectory = new Map<string, Shared>();

/** A holder's view of the one engine of a process: services in one process do not load the weights twice. */
export class SharedLocalEngine extends EmbeddingEngine {
  readonly name: string;
  readonly dimensions: number;
  readonly unit: EmbeddingEngine['unit'];
  private readonly shared: Shared;
  private held = true;

  constructor(private readonly directory: string) {
    super();
    const shared = sharedByDirectory.get(directory) ?? {
      engine: new LocalEmbeddingEngine(directory),
      holders: 0,
    };
    shared.holders++;
    sharedByDirectory.set(directory, shared);
    this.name = shared.engine.name;
    this.dimensions = shared.engine.dimensions;
    this.unit = shared.engine.unit;
    this.shared = shared;
  }

  embed(texts: string[], options?: EmbedOptions): Promise<Float32Array[]> {
    return this.shared.engine.embed(texts, options);
  }

  /** The last holder that closes ends the worker. */
  async close(): Promise<void> {
    if (!this.held) return;
    this.held = false;
    if (--this.shared.holders > 0) return;
    sharedByDirectory.delete(this.directory);
    await this.shared.engine.close();
  }
}
