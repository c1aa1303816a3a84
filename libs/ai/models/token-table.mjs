// Moonshine's `tokens.txt` as sherpa-onnx reads it: `<base64 of the token's bytes> <id>`, 32,000 lines,
// made of the vocabulary that llama-tokenizer-js carries in its source.
const VOCABULARY = /llama_vocab_base64 = "([A-Za-z0-9+/=]+)"/;
const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

/** @param {string} source text of llama-tokenizer.js; it is read, never run */
export function tokenTable(source) {
  const [, encoded] = VOCABULARY.exec(source) ?? [];
  if (!encoded) throw new Error('the package holds no vocabulary');
  const tokens = Buffer.from(encoded, 'base64').toString('utf8').split('\n');
  return tokens.map((token, id) => `${bytesOf(token).toString('base64')} ${id}\n`).join('');
}

function bytesOf(token) {
  const [, hex] = BYTE_TOKEN.exec(token) ?? [];
  return hex ? Buffer.from(hex, 'hex') : Buffer.from(token.replaceAll('▁', ' '), 'utf8');
}
