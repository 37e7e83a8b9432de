/* Node's socket.io, sending to all who listen what a workshop's clock would: what smartby is compared
   with. `node bench/reference.mjs PORT`; each line on the input is sent as one event, and "flood"
   from a client sends many, one by one, to those who follow (as bench/broadcaster.py does). */
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const server = createServer();
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
const html = `<div class="sb-clockbox" id="clock-1" data-takes="yes">${"x".repeat(500)}</div>`;
const ops = [{ op: "replace", target: "clock-1", html }];
const batch = (seq) => ["batch", { stream: "room:1", first: seq, seq, ops }];

function flood(seq, events) {
  if (seq === events) return;
  io.to("room").emit(...batch(seq));
  setImmediate(flood, seq + 1, events);
}

io.on("connection", (socket) => {
  socket.on("follow", (_streams, done) => {
    socket.join("room");
    done({});
  });
  socket.on("flood", ({ events }) => flood(0, events));
});
server.listen(Number(process.argv[2]), "127.0.0.1");
createInterface({ input: process.stdin }).on("line", (line) => io.emit(...batch(Number(line))));
