import { WebSocket } from 'ws';

/** The sockets that the run's client has open, so that they can be cut like a bad network's. */
export class SocketLines {
  private readonly sockets = new Map<WebSocket, string>();
  private readonly opened: string[] = [];

  /** To be given to a client. */
  readonly open = (url: string): WebSocket => {
    const socket = new WebSocket(url);
    this.sockets.set(socket, url);
    this.opened.push(url);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  };

  /** Loses every line of the meeting, without a word to either end. */
  cut(meetingId: string): void {
    for (const [socket, url] of this.sockets) if (url.includes(meetingId)) socket.terminate();
  }

  /** How often an audio line of the meeting was opened. */
  count(meetingId: string): number {
    return this.opened.filter((url) => url.includes(`${meetingId}/audio`)).length;
  }
}
