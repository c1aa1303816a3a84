/**
 * What Whisper transcribes with a word error rate below 50 %, in BCP 47.
 * https://platform.openai.com/docs/guides/speech-to-text#supported-languages
 */
export const WHISPER_LANGUAGES: readonly string[] = (
  'af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ne ' +
  'no fa pl pt ro ru sr sk sl es sw sv tl ta th tr uk ur vi cy'
).split(' ');
