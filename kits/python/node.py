"""A whole little node: discovery, PING, gossip, the chain and its reorganisation. Begin by changing something."""

from kit import GENESIS, Node, block_id, flat, has_right_ids, run, tx_id

MOST_HEADERS = 2000
MOST_QUESTIONS = 4000
ALIVE_FOR = 25
PATIENCE = 1.5


class LittleNode(Node):
    """A node that takes part in a network of Blockchain.Aspire."""

    def on_start(self):
        self.blocks, self.height = {}, {GENESIS: 0}      # those whose ancestors are all here, by id
        self.orphans = {}                                # id of a missing parent -> blocks that wait for it
        self.tip, self.pool, self.held = GENESIS, {}, {} # held: id of a transaction -> ids of the blocks that have it
        self.seen, self.heard, self.greeted = {}, {}, {} # message ids; peers: when they said something, when we did
        self.wanted, self.news = {}, {}                  # id -> who has it; id -> rounds of gossip that are left
        self.asked, self.fetched = {}, set()             # id -> when we asked; blocks that are no news
        self.holders = {}                                # id -> peers that have the block, and need no INV
        self.questions = {}                              # id -> who asks for a block that we lack, and when
        self.hearsay = set()                             # peers that others named and that have not answered yet
        for peer in list(self.peers):
            self.greet(peer)
        self.wake(1, "ask")
        self.wake(self.random.uniform(0, 15), "ping")
        self.wake(self.random.uniform(0, 2), "compare")
        self.plan("make-block", "blockInterval", 20)
        self.plan("make-transaction", "transactionInterval", 15)

    def on_message(self, sender, message):
        kind, name = message["type"], message.get("message_id")
        if sender.startswith("@") and kind not in ("TX", "BLOCK"):
            return
        if name is not None and kind not in ("TX", "BLOCK"):
            if (sender, name) in self.seen:
                return
            self.seen[sender, name] = self.now
        self.heard[sender] = self.now
        self.hearsay.discard(sender)
        handler = getattr(self, "on_" + kind.lower(), None)
        if handler:
            handler(sender, message)

    def on_timer(self, name):
        getattr(self, name.replace("-", "_"))()

    # Who is there.

    def greet(self, peer):
        self.greeted[peer] = self.now
        flags = {"nat": self.me["nat"], "light": False}
        self.send(peer, self.message("HELLO", ip=self.me["ip"], port=self.me["port"], flags=flags,
                                     localnetworkid=self.me["localnetworkid"]))

    def on_hello(self, sender, hello):
        is_new = sender not in self.peers
        self.peers.setdefault(sender, flat(hello))
        if self.now - self.greeted.get(sender, 0) > 1.5:
            self.greet(sender)
        if is_new:
            for peer in self.some(self.settings.get("fanout", 3), but=[sender]):
                self.send(peer, self.message("PEERS", peers=[self.entry(self.peers[sender])]))

    def on_get_peers(self, sender, _):
        self.send(sender, self.message("PEERS", peers=[self.entry(one) for one in (self.me, *self.known())]))

    def known(self):
        return [one for peer, one in self.peers.items() if peer not in self.hearsay]

    def on_peers(self, _, message):
        for entry in message["peers"]:
            if entry["peer_id"] != self.id and entry["peer_id"] not in self.peers:
                self.peers[entry["peer_id"]] = flat(entry)
                self.hearsay.add(entry["peer_id"])       # sent a HELLO, and nothing else until it answers (W43)
                self.greet(entry["peer_id"])

    def entry(self, peer):
        return {"peer_id": peer["peer_id"], "ip": peer["ip"], "port": peer["port"],
                "flags": {"nat": peer["nat"], "light": peer["light"]}, "localnetworkid": peer["localnetworkid"]}

    def ping(self):
        self.seen = {key: time for key, time in self.seen.items() if self.now - time < 600}
        for peer in self.known():
            self.send(peer["peer_id"], self.message("PING", timestamp=self.now))
        self.wake(self.random.uniform(10, 15), "ping")

    def on_ping(self, sender, ping):
        self.send(sender, self.message("PONG", timestamp=ping["timestamp"]))

    def some(self, count, but=(), full=False):
        near = [peer for peer in self.peers if peer not in but and self.now - self.heard.get(peer, 0) < ALIVE_FOR
                and not (full and self.peers[peer]["light"])]
        return self.random.sample(near, min(count, len(near)))

    # What there is: blocks and transactions.

    def on_inv(self, sender, inv):
        self.fetched.difference_update(inv["block_ids"])
        for block in inv["block_ids"]:
            self.holders.setdefault(block, set()).add(sender)
        self.want(sender, inv["block_ids"])

    def want(self, sender, ids):
        missing = [block for block in ids if block not in self.blocks]
        new = [block for block in missing if block not in self.wanted][:32]
        for block in missing:
            self.wanted.setdefault(block, []).append(sender)
        if new:
            self.asked.update((block, self.now) for block in new)
            self.send(sender, self.message("GETBLOCK", block_ids=new))

    def ask(self):
        """What was not answered is asked of another (W64)."""
        for block in list(self.wanted):
            holders = self.wanted[block]
            if self.now - self.asked.get(block, 0) < PATIENCE:
                continue
            if holders:
                self.asked[block] = self.now
                self.send(holders.pop(0), self.message("GETBLOCK", block_ids=[block]))
            else:
                del self.wanted[block]
                self.asked.pop(block, None)
        self.questions = {block: [(peer, time) for peer, time in asked if self.now - time < 3]
                          for block, asked in self.questions.items() if self.now - asked[-1][1] < 3}
        self.wake(0.5, "ask")

    def on_getblock(self, sender, question):
        found = [self.blocks[block] for block in question["block_ids"] if block in self.blocks]
        for block in question["block_ids"]:
            if block not in self.blocks and len(self.questions) < MOST_QUESTIONS:
                self.questions.setdefault(block, []).append((sender, self.now))
        if self.peers.get(sender, {}).get("light"):
            self.send(sender, self.message("BLOCK_HEADERS", headers=[self.header(block) for block in found]))
        else:
            for block in found:
                self.send(sender, block)

    def answer(self, block):
        """Those who asked before it was here (W34)."""
        for peer, time in self.questions.pop(block, ()):
            if self.now - time < 3:
                self.on_getblock(peer, {"block_ids": [block]})

    def on_block(self, sender, block):
        if not has_right_ids(block):
            return
        self.holders.setdefault(block["block_id"], set()).add(sender)
        if block["block_id"] in self.blocks:
            return
        self.wanted.pop(block["block_id"], None)
        self.asked.pop(block["block_id"], None)
        if block["previous_block_id"] not in self.height:
            self.orphans.setdefault(block["previous_block_id"], {})[block["block_id"]] = block
            self.want(sender, [block["previous_block_id"]])
            return
        waiting = [block]
        while waiting:
            block = waiting.pop()
            if self.accept(block):
                waiting += self.orphans.pop(block["block_id"], {}).values()
        self.choose()

    def accept(self, block):
        """A block whose parent is here. False if it breaks a rule of the chain (W53)."""
        ids, parent = [tx["tx_id"] for tx in block["transactions"]], block["previous_block_id"]
        holders = [other for tx in ids for other in self.held.get(tx, ())]
        if len(set(ids)) < len(ids) or any(self.is_below(other, parent) for other in holders):
            return False
        self.blocks[block["block_id"]] = block
        self.height[block["block_id"]] = self.height[parent] + 1
        for tx in ids:
            self.held.setdefault(tx, []).append(block["block_id"])
        if block["block_id"] not in self.fetched:
            self.announce(block["block_id"])
        self.answer(block["block_id"])
        return True

    def is_below(self, one, other):
        while self.height[other] > self.height[one]:
            other = self.blocks[other]["previous_block_id"]
        return one == other

    def choose(self):
        """The longest branch, among equals that with the lowest id (W55)."""
        best = min(self.height, key=lambda block: (-self.height[block], block))
        old, new = self.tip, best
        left, joined = [], []
        while old != new:
            if self.height[old] >= self.height[new]:
                left.append(old)
                old = self.blocks[old]["previous_block_id"]
            else:
                joined.append(new)
                new = self.blocks[new]["previous_block_id"]
        if best != self.tip and best in self.fetched and not self.wanted:
            self.announce(best)                          # what was fetched to catch up is no news, but the tip (W60)
        self.tip = best
        for block in left:
            self.pool.update((tx["tx_id"], tx) for tx in self.blocks[block]["transactions"])
        for block in joined:
            for tx in self.blocks[block]["transactions"]:
                self.pool.pop(tx["tx_id"], None)

    def announce(self, block):
        self.news[block] = 5
        self.wake(0, "gossip")

    def gossip(self):
        news, self.news = self.news, {block: left - 1 for block, left in self.news.items() if left > 1}
        for peer in self.some(self.settings.get("fanout", 3)):
            lacking = [block for block in news if peer not in self.holders.get(block, ())]
            if lacking:
                self.send(peer, self.message("INV", block_ids=lacking))
        if self.news:
            self.wake(0.2, "gossip")

    def on_tx(self, sender, tx):
        is_in_chain = any(self.is_below(block, self.tip) for block in self.held.get(tx["tx_id"], ()))
        if tx["tx_id"] in self.pool or is_in_chain or not has_right_ids(tx):
            return
        self.pool[tx["tx_id"]] = tx
        for peer in self.some(self.settings.get("fanout", 3), but=[sender], full=True):
            self.send(peer, tx)

    # Comparing chains.

    def compare(self):
        for peer in self.some(1, full=True):
            self.send(peer, self.message("GET_BLOCK_HEADERS", locator=self.locator()))
        self.wake(self.random.uniform(5, 10), "compare")

    def chain(self):
        """The ids of our chain, from the tip to the first block."""
        ids, block = [], self.tip
        while block != GENESIS:
            ids.append(block)
            block = self.blocks[block]["previous_block_id"]
        return ids

    def locator(self):
        """Ten one by one, then with doubling gaps, the first block last."""
        chain, ids, at, step = self.chain(), [], 0, 1
        while at < len(chain):
            ids.append(chain[at])
            step = step * 2 if len(ids) >= 10 else 1
            at += step
        return ids if not ids or ids[-1] == chain[-1] else ids + chain[-1:]

    def on_get_block_headers(self, sender, question):
        locator = question.get("locator") or []
        known = next((one for one in locator if one in self.height), GENESIS)
        chain = self.chain()
        above = [one for one in chain if not self.is_below(one, known)][::-1]
        lowest = self.height[chain[len(above)]] if len(above) < len(chain) else 0
        sides = [one for one in self.sides(set(chain)) if self.height[one] > lowest - 100]
        headers = [self.header(self.blocks[one]) for one in above + sides]
        self.send(sender, self.message("BLOCK_HEADERS", headers=headers[:MOST_HEADERS]))
        if locator and locator[0] not in self.height and not self.peers.get(sender, {}).get("light"):
            self.want(sender, locator[:1])               # both sides learn (W37)

    def sides(self, chain):
        """The ids of the blocks that are not in the chain, parents before children."""
        return sorted((one for one in self.blocks if one not in chain), key=lambda one: (self.height[one], one))

    def header(self, block):
        return {key: block[key] for key in ("sender", "timestamp", "block_id", "previous_block_id")}

    def on_block_headers(self, sender, answer):
        ids = [header["block_id"] for header in answer["headers"]]
        self.fetched.update(block for block in ids if block not in self.blocks and block not in self.wanted)
        self.want(sender, ids)
        if len(ids) == MOST_HEADERS:
            self.send(sender, self.message("GET_BLOCK_HEADERS", locator=ids[-1:]))
        else:
            lacking = [one for one in self.sides(set(self.chain())) if one not in ids][-100:]
            if lacking:
                self.send(sender, self.message("INV", block_ids=lacking))

    # Making.

    def plan(self, name, setting, usual):
        pause = self.settings.get(setting, usual)
        if pause:
            self.wake(pause * self.random.uniform(0.5, 1.5), name)

    def make_transaction(self):
        tx = {"type": "TX", "from": self.id, "to": self.random.choice(sorted(self.peers)),
              "amount": self.random.randint(1, 100), "timestamp": self.now}
        self.on_tx(self.id, {**tx, "tx_id": tx_id(tx)})
        self.plan("make-transaction", "transactionInterval", 15)

    def make_block(self):
        block = {"type": "BLOCK", "sender": self.id, "timestamp": self.now, "previous_block_id": self.tip,
                 "transactions": [self.bare(tx) for tx in list(self.pool.values())[:1000]]}
        self.on_block(self.id, {**block, "block_id": block_id(block)})
        self.plan("make-block", "blockInterval", 20)

    def bare(self, tx):
        """Without a trace context, which stands in no block."""
        return {key: value for key, value in tx.items() if key not in ("traceparent", "tracestate")}


if __name__ == "__main__":
    run(LittleNode)
