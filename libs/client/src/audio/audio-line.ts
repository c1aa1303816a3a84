import { ParleyProblem } from '../problems/parley-problem';
import { unwrap } from '../problems/unwrap';
import { openMeetingSocket, type SocketService } from '../sockets/meeting-socket';
import type { SocketLike } from '../sockets/socket';

/** How a sender comes to its sockets. */
export interface AudioLine {
  /** Each time with a ticket of its own, where one is needed. */
  open(): Promise<SocketLike>;
  /** A socket that was refused tells no reason. @throws ParleyProblem when there is one that stays. */
  explain(): Promise<void>;
}

/** The line to a meeting. */
export function audioLine(meetingId: string, service: SocketService): AudioLine {
  return {
    open: () => openMeetingSocket(meetingId, 'audio', service),
    async explain() {
      const params = { path: { id: meetingId } };
      const { status } = await unwrap(service.ingestion.GET('/v1/meetings/{id}', { params }));
      if (status === 'ended') throw meetingEnded();
    },
  };
}

/** As the service says it. */
export function meetingEnded(): ParleyProblem {
  return new ParleyProblem(409, {
    type: 'https://parley.dev/problems/meeting-ended',
    title: 'The meeting has ended',
    status: 409,
  });
}
