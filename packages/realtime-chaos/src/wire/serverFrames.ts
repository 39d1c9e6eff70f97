/** A frame that a server has written: those are never masked. */
export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Cuts the bytes of a server into frames, however they arrive. */
export class ServerFrames {
  #rest: Buffer = Buffer.alloc(0);

  /** @returns the frames that are complete by now */
  add(bytes: Buffer): readonly ServerFrame[] {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    const frames: ServerFrame[] = [];
    for (let frame = this.#take(); frame; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): ServerFrame | null {
    const [first, short] = this.#rest;
    if (first === undefined || short === undefined) return null;
    const start = { 126: 4, 127: 10 }[short] ?? 2;
    if (this.#rest.length < start) return null;
    const end = start + this.#lengthOf(short);
    if (this.#rest.length < end) return null;
    const payload = this.#rest.subarray(start, end);
    this.#rest = this.#rest.subarray(end);
    return { opcode: first & 0x0f, payload };
  }

  #lengthOf(short: number): number {
    if (short === 126) return this.#rest.readUInt16BE(2);
    return short === 127 ? Number(this.#rest.readBigUInt64BE(2)) : short;
  }
}
