import type { SocketAbout } from './api-about';

/** How a WebSocket is described to readers of `/docs`: OpenAPI has no place for it. */
export function socketSection(path: string, about: SocketAbout): string {
  return [
    `### WebSocket \`${path}\`: ${about.summary.toLowerCase()}`,
    about.description,
    ...(about.fromClient.length > 0
      ? [frames('You send, besides binary frames', about.fromClient)]
      : []),
    frames('You get', about.fromServer),
  ].join('\n\n');
}

function frames(title: string, examples: object[]): string {
  const lines = examples.map((example) => JSON.stringify(example));
  return `${title}:\n\n\`\`\`\n${lines.join('\n')}\n\`\`\``;
}
