export * from './pcm/pcm';
export * from './pcm/wav-file';
export * from './pcm/resampler';
export * from './pcm/frame-slicer';
export * from './pcm/sample-reader';
export { readWavFrames, readWavInfo, wavFrames, type WavInfo } from './decode/wav';
export { decodeAudio, type DecodedAudio } from './decode/decode-audio';
export { LiveDecoder, type LiveSamples } from './live/live-decoder';
export { LiveAudioError } from './live/live-audio.error';
