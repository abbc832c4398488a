/** Why a data folder can't be used. */
export type DataFolderProblem =
  /** It can't be made, or not read or written. */
  | 'unusable'
  /** Another server has it open. */
  | 'in-use'
  /** A later version of Maru wrote it (`[DUR7]`). */
  | 'newer'
  /** A file in it is not what it should be. */
  | 'damaged';

/** The data folder can't be opened. The message is one sentence for the operator that says what to do. */
export class DataFolderError extends Error {
  readonly code = 'data-folder';
  readonly problem: DataFolderProblem;

  constructor(problem: DataFolderProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
