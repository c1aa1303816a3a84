import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { Sampler } from './sampler';

/** Buckets for work that takes from a millisecond to the longest request there may be. */
export const WORK_SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30,
];

/**
 * Makes the metrics of one service: `<service>_<name>`, in a registry of its own, since six services may
 * share a process. Labels take values from short, fixed lists only: what callers send is never one.
 */
export class Metrics {
  constructor(
    readonly service: string,
    private readonly registry: Registry,
  ) {}

  /** @param name without the service; ends in `_total`. */
  counter<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ ...this.named(name, help), labelNames });
  }

  gauge<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> {
    return new Gauge({ ...this.named(name, help), labelNames });
  }

  /** @param buckets upper bounds, in the metric's own unit. Default: {@link WORK_SECONDS}. */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    buckets: readonly number[] = WORK_SECONDS,
  ): Histogram<Label> {
    return new Histogram({ ...this.named(name, help), labelNames, buckets: [...buckets] });
  }

  /** A gauge whose value is asked for with each scrape, and costs nothing in between. */
  reading(name: string, help: string, read: () => number): void {
    new Gauge({
      ...this.named(name, help),
      collect() {
        this.set(read());
      },
    });
  }

  /** A counter that somebody else keeps, read with each scrape. */
  readingTotal(name: string, help: string, read: () => number): void {
    new Counter({
      ...this.named(name, help),
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  /**
   * Gauges that one question to a database or a bus fills, asked once per scrape however many there are.
   * Without an answer they have no value, rather than an old one, and the scrape goes on.
   */
  sampled<Name extends string, Label extends string = never>(
    helps: Record<Name, string>,
    labelNames: readonly Label[],
    sample: () => Promise<(gauges: Record<Name, Gauge<Label>>) => void>,
  ): void {
    const gauges = {} as Record<Name, Gauge<Label>>;
    const all = (): Gauge<Label>[] => Object.values(gauges);
    const sampler = new Sampler(async () => {
      const fill = await sample();
      for (const gauge of all()) gauge.reset();
      fill(gauges);
    });
    const collect = async (): Promise<void> => {
      if (await sampler.fresh()) return;
      for (const gauge of all()) {
        // `reset` gives a gauge without labels the value 0; `remove` refuses one that has labels.
        if (labelNames.length === 0) gauge.remove();
        else gauge.reset();
      }
    };
    for (const [name, help] of Object.entries<string>(helps)) {
      gauges[name as Name] = new Gauge({ ...this.named(name, help), labelNames, collect });
    }
  }

  private named(name: string, help: string) {
    return { name: `${this.service}_${name}`, help, registers: [this.registry] };
  }
}
