"""My node. kit.py does the talking; what it has for you is in class Node there. W numbers are rules of docs/wire.md."""

from kit import Node, run


class MyNode(Node):
    def on_start(self):
        """We begin. self.peers are those that we know: id -> ip, port, nat, light, localnetworkid."""

    def on_message(self, sender, message):
        """A message came from a peer. Each type has a method of its own below."""
        if sender.startswith("@"):
            return                      # a stranger. Later you may take its TX and BLOCK, and nothing else (W22)
        method = getattr(self, "on_" + message["type"].lower(), None)
        if method:                      # what we do not know, we ignore (W8)
            method(sender, message)

    def on_timer(self, name):
        """The time has come that we gave to self.wake(seconds, name): calls the method of that name."""
        getattr(self, name)()

    # Step 1: handshake. Say HELLO to all peers at the start, and answer HELLO (W28) and PING (W29).
    # A message is made by self.message("PONG", timestamp=…) and sent by self.send(peer, message).

    def on_hello(self, sender, hello):
        pass

    def on_ping(self, sender, ping):
        pass

    # Step 2: discovery. Answer GET_PEERS (W42), tell others of a newcomer (W44), remember those in PEERS (W43).

    def on_get_peers(self, sender, question):
        pass

    def on_peers(self, sender, answer):
        pass

    # Step 3: gossip. Look at the ids first (W51, W52: kit.has_right_ids), then pass on what is new (W58, W59, W61).

    def on_tx(self, sender, tx):
        pass

    def on_inv(self, sender, inv):
        pass

    def on_getblock(self, sender, question):
        pass

    def on_block(self, sender, block):
        pass

    # Step 4: chain. Compare chains (W35, W62), keep orphans (W54), ask again (W64), make blocks (W53).

    def on_get_block_headers(self, sender, question):
        pass

    def on_block_headers(self, sender, answer):
        pass

    # Step 5: reorganisation. Choose the longest branch, among equals that with the lowest id (W55, W56).


if __name__ == "__main__":
    run(MyNode)
