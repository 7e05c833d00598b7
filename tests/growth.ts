/** Whether work grows with its input and not with its square, told from CPU time: the machine may be busy with others. */

const SMALL_NOISE_MS = 300;

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Four times the input: linear is four times the CPU, quadratic sixteen. Small runs are noise. */
export function growsLinearly(size: number, work: (size: number) => void): boolean {
  const [small, large] = [cpuOf(() => work(size / 4)), cpuOf(() => work(size))];
  return large < 9 * small + SMALL_NOISE_MS;
}
