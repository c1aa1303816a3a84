import Module from 'node:module';

/** Node's own `require`, round jest's, which cannot load ESM packages: for `jest.mock` factories. */
export function nativeRequire(id: string): unknown {
  // Jest's Module class extends Node's and replaces `createRequire`.
  const node = Object.getPrototypeOf(Module) as typeof Module;
  return node.createRequire(__filename)(id) as unknown;
}
