// The Debian mirror that this machine uses for itself.
import { spawnSync } from 'node:child_process';

/** @returns {string | undefined} the mirror's address, from the machine's own apt configuration */
export function debianMirror() {
  const targets = spawnSync('apt-get', ['indextargets', '--format', '$(SITE) $(LABEL)'], {
    encoding: 'utf8',
  });
  return mirrorIn(`${targets.stdout ?? ''}`);
}

/**
 * @param {string} targets one `<site> <label>` a line, as `apt-get indextargets` prints them
 * @returns {string | undefined} the first site that carries Debian itself (not its security updates)
 */
export function mirrorIn(targets) {
  for (const line of targets.split('\n')) {
    const [site, label] = line.trim().split(/\s+/);
    if (label === 'Debian') return site;
  }
  return undefined;
}
