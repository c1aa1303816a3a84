import type { Block } from './read-document';

/** Collects blocks below the headings that are open. */
export class Outline {
  readonly blocks: Block[] = [];
  /** The first heading of the first level. */
  title: string | undefined;
  private path: { level: number; text: string }[] = [];

  /** @param level 1 is the outermost */
  enter(level: number, text: string): void {
    if (level === 1 && text !== '') this.title ??= text;
    this.path = [...this.path.filter((heading) => heading.level < level), { level, text }];
  }

  add(text: string): void {
    if (text === '') return;
    this.blocks.push({ text, headings: this.path.map((heading) => heading.text).filter(Boolean) });
  }
}
