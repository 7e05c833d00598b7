import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { GIT_ENV, GIT_FLAGS, noGit, type Repository } from "./git.ts";

interface Request {
  readonly resolve: (bytes: Buffer | undefined) => void;
  readonly reject: (error: Error) => void;
}

const NEWLINE = 0x0a;

/** Contents by blob id from one `git cat-file --batch`. Requests may overlap; answers come in their order. */
export class BlobReader {
  readonly #repository: Repository;
  readonly #waiting: Request[] = [];
  #process: ChildProcessWithoutNullStreams | undefined;
  #chunks: Buffer[] = [];
  #have = 0;
  /** Bytes of the answer under way and its newline; undefined while its head is awaited. */
  #wanted: number | undefined;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Undefined: the repository does not have the blob (a partial clone). */
  read(blob: string): Promise<Buffer | undefined> {
    this.#process ??= this.#start();
    const { stdin } = this.#process;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      stdin.write(`${blob}\n`);
    });
  }

  close(): void {
    this.#process?.stdin.end();
    this.#process = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn("git", [...GIT_FLAGS, "cat-file", "--batch"], {
      cwd: this.#repository.root,
      env: { ...process.env, ...GIT_ENV },
    });
    const fail = (error: Error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    child.on("error", (error: NodeJS.ErrnoException) => fail(error.code === "ENOENT" ? noGit() : error));
    child.on("close", () => fail(new Error("git cat-file ended before it had answered")));
    child.stdin.on("error", fail);
    child.stderr.resume();
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    return child;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    // Large blobs come in many chunks: join them once, when the answer is whole.
    if (this.#wanted !== undefined && this.#have < this.#wanted) return;
    let buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    for (let rest = this.#next(buffer); rest; rest = this.#next(buffer)) buffer = rest;
    this.#chunks = buffer.length > 0 ? [buffer] : [];
    this.#have = buffer.length;
  }

  /** Takes one head or body off the front; undefined when it is not all there yet. */
  #next(buffer: Buffer): Buffer | undefined {
    if (this.#wanted !== undefined) {
      if (buffer.length < this.#wanted) return undefined;
      this.#waiting.shift()?.resolve(buffer.subarray(0, this.#wanted - 1));
      const rest = buffer.subarray(this.#wanted);
      this.#wanted = undefined;
      return rest;
    }
    const end = buffer.indexOf(NEWLINE);
    if (end < 0) return undefined;
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(buffer.toString("latin1", 0, end))?.[1];
    if (size === undefined) this.#waiting.shift()?.resolve(undefined);
    else this.#wanted = Number(size) + 1;
    return buffer.subarray(end + 1);
  }
}
