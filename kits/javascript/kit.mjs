// Write a node of your own: extend Node, write onStart, onMessage and onTimer, and call run(MyNode).
//
// The same node then runs in real time over TCP (node mynode.mjs --id 5005 --config peers.json), in virtual time over
// standard input and output (node mynode.mjs --stdio). How the two differ is no business of the node: it hears of what
// happens, and what time it is, by the same three methods. docs/node-protocol.md describes both; docs/wire.md has the
// rules that a node must keep. Node.js alone, no packages.

import { createHash } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";
import net from "node:net";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

export const GENESIS = "GENESIS";
const LONGEST_LINE = 4 * 1024 * 1024;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

// What a message must have (W10): for each field what is right.
const isText = value => typeof value === "string";
const isNumber = value => typeof value === "number" || value instanceof NumberText;
const isObject = value => value !== null && typeof value === "object" && !Array.isArray(value) && !isNumber(value);
const isPeer = value => isText(value) && value.length > 0 && [...value].length <= 64 && !value.startsWith("@");
const isId = value => isText(value) && /^(?!0{64})[0-9a-f]{64}$/.test(value);
const isParent = value => value === GENESIS || isId(value);
const isPort = value => Number.isSafeInteger(value) && value >= 0 && value <= 65535;
const listOf = (check, most) => value => Array.isArray(value) && value.length <= most && value.every(check);
const optional = check => value => value === undefined || value === null || check(value);
const objectOf = fields => value =>
  isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const NAMED = { sender: isPeer, message_id: isText };
const TX = { tx_id: isId, from: isText, to: isText, amount: isNumber, timestamp: isNumber };
const HEADER = { sender: isPeer, timestamp: isNumber, block_id: isId, previous_block_id: isParent };
const ENTRY = { peer_id: isPeer, ip: optional(isText), port: optional(isPort), flags: optional(isObject) };
const IDS = listOf(isId, 50_000);
const FIELDS = {
  HELLO: { ...NAMED, ip: isText, port: isPort, flags: optional(isObject) },
  PING: { ...NAMED, timestamp: isNumber },
  PONG: { ...NAMED, timestamp: isNumber },
  INV: { ...NAMED, block_ids: IDS },
  GETBLOCK: { ...NAMED, block_ids: IDS },
  GET_BLOCK_HEADERS: { ...NAMED, locator: optional(IDS) },
  BLOCK_HEADERS: { ...NAMED, headers: listOf(objectOf(HEADER), 50_000) },
  TX,
  BLOCK: { ...HEADER, transactions: listOf(objectOf({ type: value => value === "TX", ...TX }), 20_000) },
  RELAY: { ...NAMED, target: isPeer, payload: isObject },
  GET_PEERS: NAMED,
  PEERS: { ...NAMED, peers: listOf(objectOf(ENTRY), 10_000) },
};

/** The line that a message came on: it is passed on as it came (W17, W38). */
const LINE = Symbol("line");

/** Reads a message. Throws a SyntaxError if the line is malformed (W10). */
export function parseMessage(line) {
  const message = parse(line);
  check(message);
  if (message.type === "RELAY") {
    if (message.payload.type === "RELAY") throw new SyntaxError("a RELAY in a RELAY");
    check(message.payload);
  }
  return Object.defineProperty(message, LINE, { value: line.trim() });
}

function check(message) {
  if (!objectOf({ type: isText, ...FIELDS[message?.type] })(message)) {
    throw new SyntaxError("a field is missing, or of another type or range");
  }
}

// JSON. A number stays as it was written, because 5 and 5.0 have different ids (W13, W14), and JSON.parse takes both
// for the same.

class NumberText {
  constructor(text) { this.text = text; }
  valueOf() { return Number(this.text); }
  toJSON() { return Number(this.text); }
}

export function parse(text) {
  let at = 0;
  const value = parseValue(0);
  skip();
  if (at < text.length) fail();
  return value;

  function fail() { throw new SyntaxError(`unexpected ${JSON.stringify(text[at] ?? "end")} in column ${at + 1}`); }
  function skip() { while (" \t\r\n".includes(text[at]) && at < text.length) at++; }
  function expect(what) { if (!text.startsWith(what, at)) fail(); at += what.length; }

  function parseValue(depth) {
    skip();
    if (depth > 63 && "[{".includes(text[at])) fail();
    switch (text[at]) {
      case "{": return parseObject(depth);
      case "[": return parseList(depth);
      case "\"": return parseText();
      case "t": expect("true"); return true;
      case "f": expect("false"); return false;
      case "n": expect("null"); return null;
      default: return parseNumber();
    }
  }

  function parseObject(depth) {
    const object = {};
    at++;
    for (skip(); text[at] !== "}"; skip()) {
      const key = parseText();
      if (Object.hasOwn(object, key)) fail();
      skip();
      expect(":");
      const value = parseValue(depth + 1);
      Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
      skip();
      if (text[at] === ",") { at++; skip(); if (text[at] === "}") fail(); } else if (text[at] !== "}") fail();
    }
    at++;
    return object;
  }

  function parseList(depth) {
    const list = [];
    at++;
    for (skip(); text[at] !== "]"; skip()) {
      list.push(parseValue(depth + 1));
      skip();
      if (text[at] === ",") { at++; skip(); if (text[at] === "]") fail(); } else if (text[at] !== "]") fail();
    }
    at++;
    return list;
  }

  function parseText() {
    const found = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    found.lastIndex = at;
    const match = found.exec(text);
    if (!match) fail();
    at += match[0].length;
    const read = JSON.parse(match[0]);
    return /\p{Surrogate}/u.test(read) ? fail() : read;                // half a surrogate pair is no character
  }

  function parseNumber() {
    const found = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    found.lastIndex = at;
    const match = found.exec(text);
    if (!match || !Number.isFinite(Number(match[0]))) fail();
    at += match[0].length;
    const isInteger = /^-?\d+$/.test(match[0]) && Number.isSafeInteger(Number(match[0]));
    return isInteger ? Number(match[0]) + 0 : new NumberText(match[0]);
  }
}

/** Canonical form (W11 to W14): what Python's json.dumps(value, sort_keys=True) writes. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(", ")}]`;
  if (value instanceof NumberText || typeof value === "number") return number(value);
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map(key => `${quote(key)}: ${canonical(value[key])}`).join(", ")}}`;
}

function quote(text) {
  const escape = one => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, escape);
}

function byCodePoint(one, other) {
  const [a, b] = [Array.from(one), Array.from(other)];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

/** An integer keeps its digits; another number is written as Python's repr does. */
function number(value) {
  const text = value instanceof NumberText ? value.text : String(value);
  if (/^-?\d+$/.test(text)) return BigInt(text).toString();
  const real = Number(text);
  if (real === 0) return Object.is(real, -0) ? "-0.0" : "0.0";
  const [digits, exponent] = Math.abs(real).toExponential().split("e");
  const bare = digits.replace(".", ""), power = Number(exponent), sign = real < 0 ? "-" : "";
  if (power < -4 || power >= 16) {
    const mantissa = bare.length > 1 ? `${bare[0]}.${bare.slice(1)}` : bare;
    return `${sign}${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${bare}`;
  const whole = bare.slice(0, power + 1).padEnd(power + 1, "0");
  return `${sign}${whole}.${bare.slice(power + 1) || "0"}`;
}

/** One line of JSON, with numbers as they came. */
export const write = value => canonical(value);

/** The id of a value: SHA-256 of its canonical form, 64 hexadecimal digits. */
export const sha256 = value => createHash("sha256").update(canonical(value)).digest("hex");

export const txId = ({ type, from, to, amount, timestamp }) => sha256({ type, from, to, amount, timestamp });

export function blockId(block) {
  const { block_id: _, ...covered } = block;
  return sha256(covered);
}

/** Whether a TX or BLOCK, or what a RELAY carries, has the ids that it should have (W51, W52). */
export function hasRightIds(message) {
  switch (message?.type) {
    case "TX": return message.tx_id === txId(message);
    case "BLOCK": return message.block_id === blockId(message)
      && Array.isArray(message.transactions) && message.transactions.every(hasRightIds);
    case "RELAY": return hasRightIds(message.payload);
    default: return message !== null && typeof message === "object";
  }
}

/** Whether two peers can connect to each other (W26). */
export const canReach = (one, other) => !(one.nat || other.nat) || one.localnetworkid === other.localnetworkid;

/** Numbers by chance that the seed decides: xoshiro128**, D. Blackman and S. Vigna, 2018. */
export class Random {
  constructor(seed) {
    const bytes = createHash("sha256").update(String(seed)).digest();
    this.state = [0, 4, 8, 12].map(at => bytes.readUInt32LE(at));
  }

  /** 32 random bits. */
  bits() {
    const s = this.state, turn = (value, by) => (value << by) | (value >>> (32 - by));
    const result = Math.imul(turn(Math.imul(s[1], 5), 7), 9) >>> 0, shifted = s[1] << 9;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= shifted; s[3] = turn(s[3], 11);
    return result;
  }

  between(low, high) { return low + (high - low) * (this.bits() / 2 ** 32); }
  below(count) { return Math.floor(this.between(0, count)); }
  choice(list) { return list[this.below(list.length)]; }

  sample(list, count) {
    const left = [...list], chosen = [];
    while (chosen.length < count && left.length > 0) chosen.push(left.splice(this.below(left.length), 1)[0]);
    return chosen;
  }
}

/**
 * Extend this. All times are in seconds since the Unix epoch, all pauses in seconds.
 *
 * id        who we are
 * me        our own entry: ip, port, nat, light, localnetworkid
 * peers     who we know: Map of id to such an entry; add those that you meet
 * settings  those of our entry in the file: fanout, blockInterval, ... (docs/peers-json.md), times in seconds
 * now       what time it is; never look at a clock of your own
 * random    the only source of chance, so that the same seed gives the same run
 */
export class Node {
  #host; #passedOn = new Set();

  /** The node begins. */
  onStart() {}

  /** A message came from a peer: from whose connection it came on, or who wrote what a relay passed on. A stranger is
   * "@" and its address. */
  onMessage(from, message) {}

  /** The time has come that was given to wake(). */
  onTimer(name) {}

  /** Sends a message to a peer; over relays if we cannot connect to it. It may be lost, like any other. */
  send(to, message) {
    if (!this.peers.has(to)) return;
    const hop = this.#nextHop(to, null);
    if (hop === to) this.#host.transmit(to, message);
    else if (hop !== null) {
      const relay = { type: "RELAY", sender: this.id, target: to, payload: message, message_id: this.newId() };
      this.#host.transmit(hop, relay);
    }
  }

  /** Calls onTimer(name) after this pause. A name has one time; another call changes it. */
  wake(pause, name) { this.#host.wake(this.now + pause, name); }

  /** Says something to the people who watch. */
  log(text) { writeSync(2, `${this.now.toFixed(3)} ${this.id} ${text}\n`); }

  /** A new message with our name and an id of its own (W18, W19). */
  message(type, fields = {}) { return { type, sender: this.id, ...fields, message_id: this.newId() }; }

  newId() {
    const digits = Array.from({ length: 4 }, () => this.random.bits().toString(16).padStart(8, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // What follows is between the kit and the node.

  begin(host, now, me, peers, settings, seed) {
    this.#host = host;
    Object.assign(this, { now, id: me.peer_id, me, peers, settings, random: new Random(seed) });
    this.onStart();
  }

  receive(now, from, message) {
    this.now = now;
    if (message.type !== "RELAY") this.onMessage(from, message);
    else if (!from.startsWith("@") && hasRightIds(message) && !this.#isForged(from, message.sender)) {
      if (message.target === this.id) this.onMessage(message.sender, message.payload);
      else this.#passOn(message);
    }
  }

  /** Whether somebody else says a name who could say it itself, to us (W41). */
  #isForged(from, origin) {
    return from !== origin && this.peers.has(origin) && canReach(this.peers.get(origin), this.me);
  }

  /** Once only, and never one of our own, so that relays form no loop (W38, W39). */
  #passOn(relay) {
    const seen = sha256(relay);
    if (this.#passedOn.has(seen) || relay.sender === this.id || !this.peers.has(relay.target)) return;
    this.#passedOn.add(seen);
    if (this.#passedOn.size > 10_000) this.#passedOn.delete(this.#passedOn.values().next().value);
    const hop = this.#nextHop(relay.target, relay.sender);
    if (hop !== null) this.#host.transmit(hop, relay);
  }

  /** The peer itself, or one of the relays on a shortest way to it: by chance, since one of them may be down. */
  #nextHop(to, origin) {
    const reaches = (one, id) => canReach(one, this.peers.get(id));
    if (reaches(this.me, to)) return to;
    const others = [...this.peers.keys()].filter(id => id !== to && id !== origin);
    const near = others.filter(id => reaches(this.me, id));
    let good = near.filter(id => reaches(this.peers.get(id), to));
    if (good.length === 0) {
      const gates = others.filter(id => reaches(this.peers.get(id), to));
      good = near.filter(id => gates.some(gate => reaches(this.peers.get(id), gate)));
    }
    return good.length > 0 ? this.random.choice(good) : null;
  }
}

/** Virtual time: the simulator says what happens, a line each; the node's answer ends with {"done": true}. */
class Stdio {
  #lines = [];

  constructor(node) { this.node = node; }

  transmit(to, message) { this.#lines.push(write({ to, message })); }

  wake(at, timer) { this.#lines.push(write({ wake: at, timer })); }

  run() {
    createInterface({ input: process.stdin }).on("line", line => {
      const turn = parse(line), now = Number(turn.now);
      if (turn.start) {
        const peers = new Map(turn.start.peers.map(peer => [peer.peer_id, flat(peer)]));
        const me = peers.get(turn.start.id);
        peers.delete(me.peer_id);
        this.node.begin(this, now, me, peers, plain(turn.start.settings), Number(turn.start.seed));
      } else if (turn.message) this.node.receive(now, turn.from, turn.message);
      else if (turn.timer !== undefined) {
        this.node.now = now;
        this.node.onTimer(turn.timer);
      }
      this.#lines.push("{\"done\": true}");
      process.stdout.write(this.#lines.join("\n") + "\n");
      this.#lines = [];
    });
  }
}

/** Real time. A connection is known by the address that it comes from (W21), or by the first HELLO on it (W23). */
class Tcp {
  #links = new Map(); #timers = new Map();

  constructor(node, me, peers, settings, seed) { Object.assign(this, { node, me, peers, settings, seed }); }

  transmit(to, message) {
    const link = this.#links.get(to) ?? this.#dial(to);
    if (link.socket.writableLength < 2 * LONGEST_LINE) link.socket.write((message[LINE] ?? write(message)) + "\n");
  }

  wake(at, name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(() => {
      this.#timers.delete(name);
      this.node.now = this.#now();
      this.node.onTimer(name);
    }, Math.max(0, 1000 * (at - this.#now()))));
  }

  run() {
    net.createServer(socket => this.#accept(socket)).listen(this.me.port, this.me.ip, () =>
      this.node.begin(this, this.#now(), this.me, this.peers, this.settings, this.seed));
  }

  #now() { return Date.now() / 1000; }

  #accept(socket) {
    const ip = socket.remoteAddress?.replace("::ffff:", "");
    const known = [...this.node.peers].filter(([, info]) => info.ip === ip).map(([id]) => id);
    this.#add(socket, known.length === 1 ? known[0] : `@${ip}`, ip);
  }

  #dial(to) {
    const { ip, port } = this.node.peers.get(to);
    return this.#add(net.connect({ host: ip, port, localAddress: this.me.ip }), to, ip);
  }

  #add(socket, peer, ip) {
    const link = { socket, peer, ip, unread: "", malformed: 0 };
    if (!peer.startsWith("@")) this.#links.set(peer, link);
    socket.setEncoding("latin1");                         // a byte is a sign; a line is decoded when it is whole
    socket.on("data", text => this.#read(link, text));
    socket.on("error", () => socket.destroy());
    socket.on("end", () => socket.destroy());
    socket.on("close", () => { if (this.#links.get(link.peer) === link) this.#links.delete(link.peer); });
    return link;
  }

  /** Ends the connection if the other side says what makes no sense (W4). */
  #read(link, text) {
    const lines = (link.unread + text).split("\n");
    link.unread = lines.pop();
    for (const line of lines) {
      if (line.trim() === "") continue;
      let message;
      try {
        if (line.length > LONGEST_LINE) throw new SyntaxError("too long (W3)");
        message = parseMessage(UTF8.decode(Buffer.from(line, "latin1")));
      } catch (error) {
        if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
        link.malformed++;
        continue;
      }
      this.#take(link, message);
    }
    if (link.malformed >= 3 || link.unread.length > LONGEST_LINE) link.socket.destroy();
  }

  #take(link, message) {
    if (link.peer.startsWith("@") && message.type === "HELLO" && message.ip === link.ip) {
      const known = this.node.peers.get(message.sender);
      if (typeof message.sender === "string" && message.sender !== this.node.id && (!known || known.ip === link.ip)) {
        link.peer = message.sender;
        this.#links.set(link.peer, link);
      }
    }
    this.node.receive(this.#now(), link.peer, message);
  }
}

/** An entry of PEERS, of HELLO or of the file, with its flags beside the other fields. */
export function flat(peer) {
  const flags = peer.flags ?? {};
  return {
    peer_id: peer.peer_id ?? peer.sender,
    ip: peer.ip ?? "",
    port: Number(peer.port ?? 0),
    nat: Boolean(flags.nat ?? peer.nat ?? false),
    light: Boolean(flags.light ?? peer.light ?? false),
    localnetworkid: Number(peer.localnetworkid ?? -1),
  };
}

const plain = settings => JSON.parse(JSON.stringify(settings));

/** Runs a node as the command line says. */
export function run(NodeType) {
  const { values: given } = parseArgs({ options: {
    stdio: { type: "boolean" }, id: { type: "string" }, config: { type: "string", default: "peers.json" },
    seed: { type: "string" },
  } });
  if (given.stdio) {
    new Stdio(new NodeType()).run();
    return;
  }
  if (!given.id) {
    console.error("give --stdio, for virtual time, or --id and --config, for real time");
    process.exit(2);
  }
  const network = JSON.parse(readFileSync(given.config, "utf8"));
  const peers = new Map(Object.entries(network.peers).map(([id, entry]) => [id, flat({ ...entry, peer_id: id })]));
  const me = peers.get(given.id);
  peers.delete(given.id);
  const settings = { ...network.defaults, ...network.peers[given.id] };
  new Tcp(new NodeType(), me, peers, settings, given.seed ?? Date.now()).run();
}
