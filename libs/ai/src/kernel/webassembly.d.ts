export {};

declare global {
  /**
   * What of WebAssembly is used here: TypeScript declares it only together with the browser. Who uses it imports this file, so that it is
   * there when one service alone is compiled, too.
   */
  namespace WebAssembly {
    class Memory {
      constructor(descriptor: { initial: number; maximum: number });
      readonly buffer: ArrayBuffer;
    }
    class Module {
      constructor(bytes: Uint8Array);
    }
    class Instance {
      constructor(module: Module, imports: { env: { memory: Memory } });
      readonly exports: object;
    }
  }
}
