import { EmbeddingQueue, type EmbeddingJob } from './embedding-queue';

const job = (texts: string[]): EmbeddingJob => ({ texts, vectors: [], settle: () => undefined });

describe('EmbeddingQueue', () => {
  it('serves a question before a book that came first', () => {
    const queue = new EmbeddingQueue(1_000);
    const book = job(Array.from({ length: 100 }, () => 'a page'));
    const question = job(['a question']);
    queue.add(book);
    queue.add(question);
    expect(queue.next()?.job).toBe(question);
  });

  it('goes on where a job stopped', () => {
    const queue = new EmbeddingQueue(1_000);
    const book = job(Array.from({ length: 20 }, (_, page) => `page ${page}`));
    queue.add(book);
    expect(queue.next()?.texts).toHaveLength(16);
    book.vectors.push(...Array.from({ length: 16 }, () => new Float32Array(1)));
    expect(queue.next()?.texts).toEqual(['page 16', 'page 17', 'page 18', 'page 19']);
  });

  it('keeps batches of long texts small, so that nobody waits long for his turn', () => {
    const queue = new EmbeddingQueue(1_000);
    queue.add(job(Array.from({ length: 10 }, () => 'x'.repeat(500))));
    expect(queue.next()?.texts).toHaveLength(2);
  });

  it('takes at least one text, however long', () => {
    const queue = new EmbeddingQueue(1_000);
    queue.add(job(['x'.repeat(5_000)]));
    expect(queue.next()?.texts).toHaveLength(1);
  });

  it('has no room for more texts than it may hold', () => {
    const queue = new EmbeddingQueue(3);
    expect(queue.add(job(['a', 'b']))).toBe(true);
    expect(queue.add(job(['c', 'd']))).toBe(false);
    expect(queue.add(job(['c']))).toBe(true);
  });

  it('is empty once its only job was removed', () => {
    const queue = new EmbeddingQueue(3);
    const only = job(['a']);
    queue.add(only);
    queue.remove(only);
    expect(queue.next()).toBeUndefined();
  });
});
