// What an image holds, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): every package with its licence, every
// model weight with its checksum. The base image's own packages are not in it: what scans the image finds those.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {{ name: string, version: string, license: string }} about the program's own name, version and licence
 * @param {string[]} folders of the packages that are copied
 * @param {string} manifestFile the list of model weights
 * @returns a CycloneDX document; the same input gives the same document, so it has no date and no serial number
 */
export function billOfMaterials(about, folders, manifestFile) {
  const { packages } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const components = [...folders.map(packageComponent), ...packages.map(weightsComponent)];
  const unique = new Map(components.map((one) => [one['bom-ref'], one]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': about.name,
        name: about.name,
        version: about.version,
        licenses: licences(about.license),
      },
    },
    components: [...unique.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
  };
}

function packageComponent(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const purl = packageUrl(about.name, about.version);
  const [name, group] = about.name.split('/').reverse();
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group ? { group } : {}),
    name,
    version: about.version,
    licenses: licences(licenceOf(about)),
    purl,
  };
}

function weightsComponent({ title, name, version, licence, files }) {
  return {
    type: 'machine-learning-model',
    'bom-ref': `weights:${packageUrl(name, version)}:${files[0].to}`,
    name: title,
    version,
    licenses: licences(licence),
    components: files.map((file) => ({
      type: 'file',
      'bom-ref': `weights:${file.to}`,
      name: file.to,
      hashes: [{ alg: 'SHA-256', content: file.sha256 }],
    })),
  };
}

/** `license`, or what packages wrote before npm 2: `{ type }`, or a list of these. */
function licenceOf({ license, licenses }) {
  const old = licenses?.map(({ type }) => type).join(' OR ');
  return (typeof license === 'object' ? license.type : license) ?? old ?? 'unknown';
}

function licences(text) {
  if (/ (?:AND|OR|WITH) /.test(text)) return [{ expression: text }];
  return [
    {
      license: /^[A-Za-z0-9.+-]+$/.test(text) && text !== 'unknown' ? { id: text } : { name: text },
    },
  ];
}

/** https://github.com/package-url/purl-spec: the `@` of a scope is escaped. */
function packageUrl(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
