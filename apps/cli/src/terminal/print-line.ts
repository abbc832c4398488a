/** Nobody reads any more what is printed: the program behind the pipe has ended. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Prints a line and waits until it is out, so that a slow reader slows the writer down. */
export function printLine(line: string, output: NodeJS.WritableStream = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = (cause: unknown) => reject(new OutputClosed('nobody reads', { cause }));
    // Where a write fails the stream says so, too: unheard, that would end the process.
    output.once('error', closed);
    output.write(`${line}\n`, (error) => {
      output.off('error', closed);
      if (error == null) resolve();
      else closed(error);
    });
  });
}
