// @ts-check
/**
 * What goes wrong in the worker, with the stage and the file that the page is told.
 *
 * @typedef {"manifest" | "download" | "verify" | "start" | "import" | "run"} FailedStage
 */

/** Something that went wrong, with the stage and the file that the page is told. */
export class Failure extends Error {
  /**
   * @param {FailedStage} stage
   * @param {string | null} file
   * @param {unknown} cause
   */
  constructor(stage, file, cause) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.stage = stage;
    this.file = file;
  }
}

/**
 * Await `promise`; whatever goes wrong gets a stage and a file.
 *
 * @template T
 * @param {FailedStage} stage
 * @param {string | null} file
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export async function during(stage, file, promise) {
  try {
    return await promise;
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure(stage, file, cause);
  }
}
