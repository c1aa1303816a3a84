/** An API document as nobody should write it. */
export const carelessDocument = {
  openapi: '3.0.0',
  info: { title: 'careless' },
  paths: {
    '/v1/things': {
      get: { responses: { 200: { description: '' } } },
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['name'],
                properties: { name: { type: 'string' }, size: { type: 'integer' } },
              },
            },
          },
        },
        responses: {
          201: {
            description: 'made',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['id'],
                  properties: { id: { type: 'integer' } },
                },
              },
            },
          },
        },
      },
    },
    '/v1/things/{id}': { get: { responses: { 200: { description: '' } } } },
  },
};
