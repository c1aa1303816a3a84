import type { ServiceName } from '@parley/config';
import addFormats from 'ajv-formats';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { escaped, placeOf, readDocument, type CommittedDocument } from './committed-document';
import { forbidUnknownFields } from './strict-schema';

/** An answer as it came over the wire. */
export interface WireAnswer {
  method: string;
  /** Without the query. */
  path: string;
  status: number;
  headers: Headers;
  /** Empty for streams, whose events are compared one by one. */
  body: string;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Compares answers with a service's committed document; a field that it does not know is a violation. */
export class Contract {
  private readonly document: CommittedDocument;
  private readonly ajv = new Ajv({ strict: false, validateFormats: true, allErrors: true });

  constructor(private readonly service: ServiceName) {
    this.document = readDocument(service);
    addFormats(this.ajv);
    this.ajv.addSchema(forbidUnknownFields(this.document) as object, service, false, false);
  }

  /** @returns a sentence for each thing that is not as documented. */
  violations(answer: WireAnswer): string[] {
    const { method, path, status, headers, body } = answer;
    const about = `${this.service} ${method} ${path} ${status}`;
    const place = placeOf(this.document, answer);
    if (typeof place === 'string') return [`${about}: ${place}`];
    const found = REQUEST_ID.test(headers.get('x-request-id') ?? '') ? [] : ['has no X-Request-ID'];
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const types = Object.keys(place.content);
    if (types.length === 0 && body === '') return found.map((one) => `${about}: ${one}`);
    if (!types.includes(type)) found.push(`is ${type || 'untyped'}, not ${types.join(' or ')}`);
    else if (type.endsWith('json')) {
      found.push(...this.against(`${place.pointer}/content/${escaped(type)}/schema`, body));
    }
    return found.map((one) => `${about}: ${one}`);
  }

  /** The same for the data of one event of a stream. */
  eventViolations(schema: string, data: string): string[] {
    return this.against(`/components/schemas/${schema}`, data).map(
      (one) => `${this.service} event: ${one}`,
    );
  }

  private against(pointer: string, json: string): string[] {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return ['is not JSON'];
    }
    const validate = this.validator(`${this.service}#${pointer}`);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [`body${instancePath}`, message, JSON.stringify(params)].join(' '),
    );
  }

  private validator(reference: string): ValidateFunction {
    const known = this.ajv.getSchema(reference);
    return known ?? this.ajv.compile({ $ref: reference });
  }
}

const contracts = new Map<ServiceName, Contract>();

/** The contract of a service, read once. */
export function contractOf(service: ServiceName): Contract {
  const contract = contracts.get(service) ?? new Contract(service);
  contracts.set(service, contract);
  return contract;
}

/** @throws Error naming everything about the answer that is not as the service's document says. */
export function expectContract(service: ServiceName, answer: WireAnswer): void {
  const violations = contractOf(service).violations(answer);
  if (violations.length > 0) throw new Error(violations.join('\n'));
}
