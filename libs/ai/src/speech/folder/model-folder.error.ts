/** A folder that the operator named holds no model that can be used; the message says what was found and what is missing. */
export class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError';

  constructor(
    /** The setting that names the folder. */
    readonly setting: string,
    readonly directory: string,
    readonly reason: string,
  ) {
    super(`${setting} names ${directory}: ${reason}`);
  }
}
