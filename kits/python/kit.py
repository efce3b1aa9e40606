"""Write a node of your own: subclass Node, write on_start, on_message and on_timer, and call run(MyNode).

The same node then runs in real time over TCP (python3 mynode.py --id 5005 --config peers.json) and in virtual time over
standard input and output (python3 mynode.py --stdio). How the two differ is no business of the node: it hears of what
happens, and of the time, by the same three methods. docs/node-protocol.md describes both; docs/wire.md has the rules
that a node must keep. Standard library only.
"""

import argparse
import collections
import hashlib
import heapq
import json
import random
import re
import selectors
import socket
import sys
import time

LONGEST_LINE = 4 * 1024 * 1024
DEEPEST = 64
GENESIS = "GENESIS"

# What a message must have (W10): for each field what is right. A number may be integer or not, but true is no number.
def is_text(value):
    return isinstance(value, str)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_peer(value):
    return is_text(value) and 1 <= len(value) <= 64 and not value.startswith("@")


def is_id(value):
    return is_text(value) and re.fullmatch("[0-9a-f]{64}", value) is not None and value.strip("0") != ""


def is_parent(value):
    return value == GENESIS or is_id(value)


def is_port(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 65535


def is_object(value):
    return isinstance(value, dict)


def list_of(check, most):
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(check, value))


def optional(check):
    return lambda value: value is None or check(value)


def object_of(fields):
    return lambda value: isinstance(value, dict) and all(check(value.get(name)) for name, check in fields.items())


NAMED = {"sender": is_peer, "message_id": is_text}
TX = {"tx_id": is_id, "from": is_text, "to": is_text, "amount": is_number, "timestamp": is_number}
HEADER = {"sender": is_peer, "timestamp": is_number, "block_id": is_id, "previous_block_id": is_parent}
ENTRY = {"peer_id": is_peer, "ip": optional(is_text), "port": optional(is_port), "flags": optional(is_object)}
IDS = list_of(is_id, 50_000)
FIELDS = {
    "HELLO": {**NAMED, "ip": is_text, "port": is_port, "flags": optional(is_object)},
    "PING": {**NAMED, "timestamp": is_number},
    "PONG": {**NAMED, "timestamp": is_number},
    "INV": {**NAMED, "block_ids": IDS},
    "GETBLOCK": {**NAMED, "block_ids": IDS},
    "GET_BLOCK_HEADERS": {**NAMED, "locator": optional(IDS)},
    "BLOCK_HEADERS": {**NAMED, "headers": list_of(object_of(HEADER), 50_000)},
    "TX": TX,
    "BLOCK": {**HEADER, "transactions": list_of(object_of({"type": lambda value: value == "TX", **TX}), 20_000)},
    "RELAY": {**NAMED, "target": is_peer, "payload": is_object},
    "GET_PEERS": NAMED,
    "PEERS": {**NAMED, "peers": list_of(object_of(ENTRY), 10_000)},
}


class Message(dict):
    """A message that came on a line, and the line itself: it is passed on as it came (W17, W38)."""

    line = None


def parse(line):
    """Reads a message. Raises ValueError if the line is malformed (W10)."""
    line = line.encode() if isinstance(line, str) else line
    try:
        message = json.loads(line, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(message, dict) or _depth(message) > DEEPEST or _has_half_pair(line, message):
        raise ValueError("no object, nested too deep, or half a surrogate pair")
    _check(message)
    if message["type"] == "RELAY":
        if message["payload"].get("type") == "RELAY":
            raise ValueError("a RELAY in a RELAY")
        _check(message["payload"])
    message = Message(message)
    message.line = line.strip()
    return message


def _depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(one) for one in inner if isinstance(one, (dict, list))), default=0)


def _unique(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("the same key twice")
    return dict(pairs)


def _refuse(word):
    raise ValueError(f"{word} is no number")


def _finite(text):
    return float(text) if abs(float(text)) < float("inf") else _refuse(text)


def _has_half_pair(line, message):
    """Whether an escape made half a surrogate pair, which is no character."""
    if b"\\u" in line:
        try:
            json.dumps(message, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return True
    return False


def _check(message):
    if not is_text(message.get("type")) or not object_of(FIELDS.get(message["type"], {}))(message):
        raise ValueError("a field is missing, or of another type or range")


def sha256(value):
    """The id of a value: SHA-256 of its canonical form (W11 to W14), 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def tx_id(tx):
    return sha256({key: tx[key] for key in ("type", "from", "to", "amount", "timestamp")})


def block_id(block):
    return sha256({key: value for key, value in block.items() if key != "block_id"})


def has_right_ids(message):
    """Whether a TX or BLOCK, or what a RELAY carries, has the ids that it should have (W51, W52)."""
    try:
        if message["type"] == "TX":
            return message["tx_id"] == tx_id(message)
        if message["type"] == "BLOCK":
            return message["block_id"] == block_id(message) and all(map(has_right_ids, message["transactions"]))
        return message["type"] != "RELAY" or has_right_ids(message["payload"])
    except (KeyError, TypeError):
        return False


def can_reach(one, other):
    """Whether two peers can connect to each other (W26)."""
    return not (one["nat"] or other["nat"]) or one["localnetworkid"] == other["localnetworkid"]


class Node:
    """Subclass this. All times are in seconds since the Unix epoch, all pauses in seconds.

    id        who we are
    me        our own entry: ip, port, nat, light, localnetworkid
    peers     who we know: id -> such an entry; add those that you meet
    settings  those of our entry in the file: fanout, blockInterval, ... (docs/peers-json.md), times in seconds
    now       what time it is; never look at a clock of your own
    random    the only source of chance, so that the same seed gives the same run
    """

    def on_start(self):
        """The node begins."""

    def on_message(self, sender, message):
        """A message came from a peer. sender: whose connection it came on, or who wrote what a relay passed on. A
        stranger is "@" and its address."""

    def on_timer(self, name):
        """The time has come that was given to wake()."""

    def send(self, to, message):
        """Sends a message to a peer; over relays if we cannot connect to it. It may be lost, like any other."""
        if to in self.peers:
            self._route(to, message)

    def wake(self, pause, name):
        """Calls on_timer(name) after this pause. A name has one time; another call changes it."""
        self._host.wake(self.now + pause, name)

    def log(self, text):
        """Says something to the people who watch."""
        print(f"{self.now:.3f} {self.id} {text}", file=sys.stderr, flush=True)

    def message(self, kind, **fields):
        """A new message with our name and an id of its own (W18, W19)."""
        return {"type": kind, "sender": self.id, **fields, "message_id": self.new_id()}

    def new_id(self):
        digits = f"{self.random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    # What follows is between the kit and the node.

    def _begin(self, host, now, me, peers, settings, seed):
        self._host, self.now, self.id, self.settings = host, now, me["peer_id"], settings
        self.me, self.peers, self.random = me, peers, random.Random(seed)
        self._passed_on = collections.OrderedDict()
        self.on_start()

    def _receive(self, now, sender, message):
        self.now = now
        if message.get("type") != "RELAY":
            self.on_message(sender, message)
        elif not sender.startswith("@") and has_right_ids(message) and not self._is_forged(sender, message["sender"]):
            if message.get("target") == self.id:
                self.on_message(message["sender"], message["payload"])
            else:
                self._pass_on(message)

    def _is_forged(self, sender, origin):
        """Whether somebody else says a name who could say it itself, to us (W41)."""
        return sender != origin and origin in self.peers and can_reach(self.peers[origin], self.me)

    def _pass_on(self, relay):
        """Once only, and never one of our own, so that relays form no loop (W38, W39)."""
        seen = sha256(relay)
        if seen not in self._passed_on and relay["sender"] != self.id and relay["target"] in self.peers:
            self._passed_on[seen] = None
            if len(self._passed_on) > 10_000:
                self._passed_on.popitem(last=False)
            hop = self._next_hop(relay["target"], relay["sender"])
            if hop is not None:
                self._host.transmit(hop, relay)

    def _route(self, to, message):
        hop = self._next_hop(to, None)
        if hop == to:
            self._host.transmit(to, message)
        elif hop is not None:
            relay = {"type": "RELAY", "sender": self.id, "target": to, "payload": message, "message_id": self.new_id()}
            self._host.transmit(hop, relay)

    def _next_hop(self, to, origin):
        """The peer itself, or one of the relays on a shortest way to it: by chance, since one of them may be down."""
        if can_reach(self.me, self.peers[to]):
            return to
        near = [peer for peer in self.peers if peer not in (to, origin) and can_reach(self.me, self.peers[peer])]
        good = [peer for peer in near if can_reach(self.peers[peer], self.peers[to])]
        if not good:
            gates = [one for peer, one in self.peers.items() if peer != origin and can_reach(one, self.peers[to])]
            good = [peer for peer in near if any(can_reach(self.peers[peer], gate) for gate in gates)]
        return self.random.choice(good) if good else None


class Stdio:
    """Virtual time: the simulator says what happens, a line each; the node's answer ends with {"done": true}."""

    def __init__(self, node):
        self._node, self._out = node, []

    def transmit(self, to, message):
        self._out.append({"to": to, "message": message})

    def wake(self, at, name):
        self._out.append({"wake": at, "timer": name})

    def run(self):
        for line in sys.stdin:
            turn = json.loads(line)
            if "start" in turn:
                start = turn["start"]
                peers = {peer["peer_id"]: flat(peer) for peer in start["peers"]}
                me = peers.pop(start["id"])
                self._node._begin(self, turn["now"], me, peers, start["settings"], start["seed"])
            elif "message" in turn:
                self._node._receive(turn["now"], turn["from"], turn["message"])
            elif "timer" in turn:
                self._node.now = turn["now"]
                self._node.on_timer(turn["timer"])
            self._out.append({"done": True})
            sys.stdout.write("".join(json.dumps(line) + "\n" for line in self._out))
            sys.stdout.flush()
            self._out.clear()


class Tcp:
    """Real time: one thread, one selector. A connection is known by the address that it comes from (W21), or by the
    first HELLO on it (W23)."""

    def __init__(self, node, me, peers, settings, seed):
        self._node, self._me, self._peers, self._settings, self._seed = node, me, peers, settings, seed
        self._selector, self._links, self._timers, self._due = selectors.DefaultSelector(), {}, [], {}

    def transmit(self, to, message):
        link = self._links.get(to) or self._dial(to)
        if link and len(link.unsent) < 2 * LONGEST_LINE:
            link.unsent += (getattr(message, "line", None) or json.dumps(message).encode()) + b"\n"
            self._selector.modify(link.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, link)

    def wake(self, at, name):
        self._due[name] = at
        heapq.heappush(self._timers, (at, name))

    def run(self):
        listener = socket.create_server((self._me["ip"], self._me["port"]))
        listener.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ, None)
        self._node._begin(self, time.time(), self._me, self._peers, self._settings, self._seed)
        while True:
            pause = self._timers[0][0] - time.time() if self._timers else None
            for key, ready in self._selector.select(None if pause is None else max(0, pause)):
                if key.data is None:
                    self._accept(listener)
                else:
                    self._serve(key.data, ready)
            while self._timers and self._timers[0][0] <= time.time():
                at, name = heapq.heappop(self._timers)
                if self._due.get(name) == at:
                    del self._due[name]
                    self._node.now = time.time()
                    self._node.on_timer(name)

    def _accept(self, listener):
        try:
            accepted, address = listener.accept()
        except OSError:
            return
        known = [peer for peer, info in self._node.peers.items() if info["ip"] == address[0]]
        self._add(accepted, known[0] if len(known) == 1 else "@" + address[0], address[0])

    def _dial(self, to):
        target = self._node.peers[to]
        dialed = socket.socket()
        dialed.setblocking(False)
        try:
            dialed.bind((self._me["ip"], 0))
            dialed.connect((target["ip"], target["port"]))
        except BlockingIOError:
            pass
        except OSError:
            dialed.close()
            return None
        return self._add(dialed, to, target["ip"])

    def _add(self, connected, peer, ip):
        connected.setblocking(False)
        link = Link(connected, peer, ip)
        self._selector.register(connected, selectors.EVENT_READ, link)
        if not peer.startswith("@"):
            self._links[peer] = link
        return link

    def _close(self, link):
        self._selector.unregister(link.socket)
        link.socket.close()
        if self._links.get(link.peer) is link:
            del self._links[link.peer]

    def _serve(self, link, ready):
        try:
            if ready & selectors.EVENT_WRITE:
                del link.unsent[:link.socket.send(link.unsent)]
                if not link.unsent:
                    self._selector.modify(link.socket, selectors.EVENT_READ, link)
            if ready & selectors.EVENT_READ:
                read = link.socket.recv(1 << 16)
                link.unread += read
                if not read or not self._take_lines(link):
                    self._close(link)
        except BlockingIOError:
            pass
        except OSError:
            self._close(link)

    def _take_lines(self, link):
        """Returns False if the other side says what makes no sense (W4)."""
        *lines, rest = bytes(link.unread).split(b"\n") if b"\n" in link.unread else (link.unread,)
        link.unread = bytearray(rest)
        for line in lines:
            if not line.strip():
                continue
            try:
                if len(line) > LONGEST_LINE:
                    raise ValueError("too long (W3)")
                message = parse(line)
            except ValueError:
                link.malformed += 1
            else:
                self._take(link, message)
        return link.malformed < 3 and len(link.unread) <= LONGEST_LINE

    def _take(self, link, message):
        if link.peer.startswith("@") and message["type"] == "HELLO" and message.get("ip") == link.ip:
            name, known = message.get("sender"), self._node.peers.get(message.get("sender"))
            if isinstance(name, str) and name != self._node.id and (known is None or known["ip"] == link.ip):
                link.peer = name
                self._links[name] = link
        self._node._receive(time.time(), link.peer, message)


class Link:
    def __init__(self, connected, peer, ip):
        self.socket, self.peer, self.ip = connected, peer, ip
        self.unread, self.unsent, self.malformed = bytearray(), bytearray(), 0


def flat(peer):
    """An entry of PEERS, of HELLO or of the file, with its flags beside the other fields."""
    flags, network = peer.get("flags") or {}, peer.get("localnetworkid", -1)
    return {
        "peer_id": peer.get("peer_id", peer.get("sender")),
        "ip": peer.get("ip", ""),
        "port": peer.get("port", 0),
        "nat": bool(flags.get("nat", peer.get("nat", False))),
        "light": bool(flags.get("light", peer.get("light", False))),
        "localnetworkid": -1 if network is None else network,
    }


def run(node_type):
    """Runs a node as the command line says."""
    options = argparse.ArgumentParser(description=node_type.__doc__)
    options.add_argument("--stdio", action="store_true", help="in virtual time, for a simulator")
    options.add_argument("--id", help="in real time: which peer of the file we are")
    options.add_argument("--config", default="peers.json", help="in real time: the file of the network")
    options.add_argument("--seed", type=int, help="in real time: where chance begins")
    given = options.parse_args()
    if given.stdio:
        Stdio(node_type()).run()
        return
    if given.id is None:
        options.error("--stdio or --id is needed")
    with open(given.config, encoding="utf-8") as file:
        network = json.load(file)
    peers = {name: {**flat(entry), "peer_id": name} for name, entry in network["peers"].items()}
    settings = {**network.get("defaults", {}), **network["peers"][given.id]}
    Tcp(node_type(), peers.pop(given.id), peers, settings, given.seed).run()
