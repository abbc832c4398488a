/** Why the server can't start here, in one line that says what to do. Exit code 2. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
