"""Wrong nodes: the little node of kits/python with one fault each, to see that our rules and scenarios find it.

python3 wrong.py                                     the names of the faults
python3 wrong.py FAULT --stdio | --id … --config …   a node with this fault
faults.json says which rules of docs/wire.md and which scenarios of docs/course/4-write-a-node have to find it.
"""

import decimal
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "kits" / "python"))

import kit  # noqa: E402
import node  # noqa: E402
from node import LittleNode  # noqa: E402

OPTIONAL = {"flags", "localnetworkid", "locator", "traceparent", "tracestate"}


class WrongBlockId(LittleNode):
    """Computes the id of a block without the fields that it does not know (W16)."""

    def on_start(self):
        right, known = kit.block_id, {"type", *kit.FIELDS["BLOCK"]}
        kit.block_id = lambda block: right({key: value for key, value in block.items() if key in known})
        super().on_start()


class WrongNumbers(LittleNode):
    """Writes very small and very large numbers in canonical form without an exponent (W14)."""

    def on_start(self):
        right = kit.json.dumps
        text_or_number = re.compile(r'"(?:[^"\\]|\\.)*"|-?[\d.]+e[-+]?\d+')

        def plain(found):
            return found[0] if found[0].startswith('"') else format(decimal.Decimal(found[0]), "f")

        def sha256(value):
            return kit.hashlib.sha256(text_or_number.sub(plain, right(value, sort_keys=True)).encode()).hexdigest()

        kit.sha256 = sha256
        super().on_start()


class RefusesUnknownFields(LittleNode):
    """Drops a message that has a field more than it knows (W8)."""

    def on_message(self, sender, message):
        if not message.keys() - {"type"} - OPTIONAL - kit.FIELDS.get(message["type"], {}).keys():
            super().on_message(sender, message)


class HelloForever(LittleNode):
    """Answers every HELLO with HELLO, also one that is an answer (W28)."""

    def on_hello(self, sender, hello):
        self.greeted.pop(sender, None)
        super().on_hello(sender, hello)


class NeverGreetsBack(LittleNode):
    """Says HELLO at the start, and never as an answer (W28)."""

    def on_hello(self, sender, hello):
        self.greeted[sender] = self.now
        super().on_hello(sender, hello)


class PongOwnTime(LittleNode):
    """Puts its own time into a PONG, not that of the PING (W29)."""

    def on_ping(self, sender, ping):
        super().on_ping(sender, {**ping, "timestamp": self.now})


class TrustsSender(LittleNode):
    """Takes a message for one of whom "sender" names, not of whose connection it came on (W25)."""

    def on_message(self, sender, message):
        is_made = message["type"] in ("TX", "BLOCK")
        super().on_message(sender if is_made else message["sender"], message)


class EmptyPeers(LittleNode):
    """Answers GET_PEERS with nobody (W42)."""

    def on_get_peers(self, sender, _):
        self.send(sender, self.message("PEERS", peers=[]))


class DropsRelays(LittleNode):
    """Passes no RELAY on (W38)."""

    def _pass_on(self, relay):
        pass


class RelaysWithoutEnd(LittleNode):
    """Passes the same RELAY on each time that it comes, and its own ones too (W39)."""

    def _pass_on(self, relay):
        hop = self._next_hop(relay["target"], None) if relay["target"] in self.peers else None
        if hop is not None:
            self._host.transmit(hop, relay)


class AnswersTheRelay(LittleNode):
    """Answers what came in a RELAY to the relay, not to the origin (W40)."""

    def _receive(self, now, sender, message):
        is_for_us = message["type"] == "RELAY" and message["target"] == self.id
        if is_for_us and kit.has_right_ids(message) and not self._is_forged(sender, message["sender"]):
            self.now = now
            self.on_message(sender, message["payload"])
        else:
            super()._receive(now, sender, message)


class PassesNothingOn(LittleNode):
    """Announces no block of others and sends no transaction of others (W58, W59)."""

    def announce(self, block):
        if self.blocks[block]["sender"] == self.id:
            super().announce(block)

    def on_tx(self, sender, tx):
        if sender != self.id:
            self.some = lambda *_, **__: []
        super().on_tx(sender, tx)
        self.__dict__.pop("some", None)


class TransactionsToLight(LittleNode):
    """Sends transactions to light peers too (W58)."""

    def on_tx(self, sender, tx):
        everybody = super().some
        self.some = lambda count, but=(), full=False: everybody(count, but)
        super().on_tx(sender, tx)
        del self.some


class BelievesFalseIds(LittleNode):
    """Does not look whether the id of a block or transaction is its hash (W51, W52)."""

    def on_start(self):
        node.has_right_ids = lambda _: True
        super().on_start()


class RepeatsTransactions(LittleNode):
    """Puts into its blocks what is in the chain already (W53)."""

    def choose(self):
        pool = dict(self.pool)
        super().choose()
        self.pool = {**pool, **self.pool}

    def accept(self, block):
        held = self.held
        if block["sender"] == self.id:
            self.held = {}
        accepted = super().accept(block)
        if held is not self.held:
            for tx, blocks in self.held.items():
                held.setdefault(tx, []).extend(blocks)
            self.held = held
        return accepted


class LosesOwnBlock(LittleNode):
    """Has the blocks that it made itself no more after ten seconds."""

    def on_getblock(self, sender, question):
        lost = {name for name, one in self.blocks.items()
                if one["sender"] == self.id and self.now - one["timestamp"] > 10}
        kept = [one for one in question["block_ids"] if one not in lost]
        super().on_getblock(sender, {**question, "block_ids": kept})


class OneBlockOfMany(LittleNode):
    """Answers a GETBLOCK for several blocks with the first of them (W33)."""

    def on_getblock(self, sender, question):
        super().on_getblock(sender, {**question, "block_ids": question["block_ids"][:1]})


class HeadersFromGenesis(LittleNode):
    """Does not look at the locator: answers always from the first block on (W35)."""

    def on_get_block_headers(self, sender, question):
        super().on_get_block_headers(sender, {**question, "locator": []})
        unknown = [one for one in question.get("locator", [])[:1] if one not in self.height]
        if unknown and not self.peers[sender]["light"]:
            self.want(sender, unknown)


class ForgetsOrphans(LittleNode):
    """Throws a block away whose parent is not there yet, and does not ask for the parent (W54)."""

    def on_block(self, sender, block):
        if block["previous_block_id"] in self.height:
            super().on_block(sender, block)
        else:
            self.wanted.pop(block["block_id"], None)
            self.asked.pop(block["block_id"], None)


class NeverAsksAgain(LittleNode):
    """Asks once for a block, and never again if it does not come (W61, W64)."""

    def ask(self):
        pass


class NoReorganisation(LittleNode):
    """Stays on the branch that it is on, however long another one gets (W55)."""

    def choose(self):
        height = self.height[self.tip]
        other = {one: its for one, its in self.height.items() if its >= height and not self.is_below(self.tip, one)}
        for one in other:
            del self.height[one]
        super().choose()
        self.height.update(other)


class TiesByArrival(LittleNode):
    """Among branches of equal length takes the one that came first, not the one with the lowest id (W55)."""

    def choose(self):
        longest = max(self.height.values())
        _, *later = [one for one, height in self.height.items() if height == longest]
        for one in later:
            del self.height[one]
        super().choose()
        self.height.update((one, longest) for one in later)


class ForgetsLeftTransactions(LittleNode):
    """Does not take the transactions of blocks that it leaves back into its pool (W56)."""

    def choose(self):
        pool = set(self.pool)
        super().choose()
        self.pool = {name: tx for name, tx in self.pool.items() if name in pool}


def named(wrong):
    return re.sub(r"(?<!^)(?=[A-Z])", "-", wrong.__name__).lower()


FAULTS = {named(wrong): wrong for wrong in LittleNode.__subclasses__()}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in FAULTS:
        print("\n".join(f"{name:26}{wrong.__doc__}" for name, wrong in FAULTS.items()))
        sys.exit("Which fault?" if len(sys.argv) > 1 else 0)
    kit.run(FAULTS[sys.argv.pop(1)])
