import Module from 'node:module';

/** Node's own `require`, round jest's, which cannot load ESM packages: for `jest.mock` factories. */
export function nativeRequire(id: string): unknown {
  // Jest's Module class extends Node's and replaces `createRequire`.
  const parent = Object.getPrototypeOf(Module) as Partial<typeof Module>;
  const createRequire = parent.createRequire ?? Module.createRequire;
  return createRequire(__filename)(id) as unknown;
}
