import { ApiOkResponse, ApiServiceUnavailableResponse } from '@nestjs/swagger';

const dependencies = {
  type: 'object',
  description: 'Each dependency by name, as its probe found it.',
  additionalProperties: {
    type: 'object',
    required: ['status'],
    additionalProperties: true,
    properties: {
      status: { type: 'string', enum: ['up', 'down'] },
      latencyMs: { type: 'integer', description: 'How long the probe took.' },
      mode: { type: 'string', description: '`embedded` where nothing is shared with others.' },
      reason: { type: 'string', description: 'Why not, or what is limited.' },
    },
  },
};

/** Documents `/health`. */
export const HealthAnswer = (): MethodDecorator =>
  ApiOkResponse({ description: 'Also when degraded.', schema: statusOf(['healthy', 'degraded']) });

/** Documents `/livez`. */
export const LiveAnswer = (): MethodDecorator =>
  ApiOkResponse({
    description: 'The process answers.',
    schema: {
      type: 'object',
      required: ['status'],
      properties: { status: { type: 'string', enum: ['live'] } },
    },
  });

/** Documents the answer of `/readyz` when it is ready. */
export const ReadyAnswer = (): MethodDecorator =>
  ApiOkResponse({ description: 'It can serve.', schema: statusOf(['ready']) });

/** Documents the answer of `/readyz` when it is not. */
export const NotReadyAnswer = (): MethodDecorator =>
  ApiServiceUnavailableResponse({
    description: 'Something required is missing, or it is shutting down.',
    schema: statusOf(['not-ready']),
  });

function statusOf(values: string[]) {
  return {
    type: 'object',
    required: ['status', 'dependencies'],
    properties: { status: { type: 'string', enum: values }, dependencies },
  };
}
