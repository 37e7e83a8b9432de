/* Node's socket.io, sending to all who listen what a workshop's clock would: what smartby is compared
   with. `node bench/reference.mjs PORT`; each line on the input is sent as one event. */
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const server = createServer();
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
const html = `<div class="sb-clockbox" id="clock-1" data-takes="yes">${"x".repeat(500)}</div>`;
server.listen(Number(process.argv[2]), "127.0.0.1");
createInterface({ input: process.stdin }).on("line", (line) => {
  const seq = Number(line);
  const ops = [{ op: "replace", target: "clock-1", html }];
  io.emit("batch", { stream: "room:1", first: seq, seq, ops });
});
