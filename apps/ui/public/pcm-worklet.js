// Runs on the browser's audio thread: turns what is heard into 16-bit samples, a tenth of a second at a time.
const BLOCK = 1_600;

class PcmProcessor extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
    this.peak = 0;
  }

  process([input]) {
    const channels = input ?? [];
    const length = channels[0]?.length ?? 0;
    for (let at = 0; at < length; at++) {
      let sum = 0;
      for (const channel of channels) sum += channel[at] ?? 0;
      const sample = Math.max(-1, Math.min(1, sum / channels.length));
      this.peak = Math.max(this.peak, Math.abs(sample));
      this.block[this.filled++] = sample < 0 ? sample * 0x8000 : sample * 0x7fff;
      if (this.filled === BLOCK) this.hand();
    }
    return true;
  }

  hand() {
    const pcm = this.block;
    this.port.postMessage({ pcm: pcm.buffer, peak: this.peak }, [pcm.buffer]);
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
    this.peak = 0;
  }
}

registerProcessor('pcm', PcmProcessor);
