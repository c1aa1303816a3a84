const WANTED = [20, 19];

/** Ends the process with one sentence when this Node.js cannot run Parley. Old syntax only, on purpose. */
export function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) return;
  console.error(
    `Parley needs Node.js ${WANTED.join('.')} or newer; this is ${process.versions.node}. ` +
      'Get a current one from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}
