/** Runs what is asked for while something else runs behind that, whether it succeeded or not. */
export type InTurn = <Value>(step: () => Promise<Value>) => Promise<Value>;

export function takeTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (step) => {
    const done = last.then(step);
    last = done.catch(() => {});
    return done;
  };
}
