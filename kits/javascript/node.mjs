// A whole little node: discovery, PING, gossip, the chain and its reorganisation. Begin by changing something.

import { GENESIS, Node, blockId, flat, hasRightIds, run, txId } from "./kit.mjs";

const MOST_HEADERS = 2000, MOST_QUESTIONS = 4000, ALIVE_FOR = 25, PATIENCE = 1.5;

/** Adds a value to the list that a map has for a key. */
const addTo = (map, key, value) => map.set(key, [...map.get(key) ?? [], value]);

/** A node that takes part in a network of Blockchain.Aspire. */
class LittleNode extends Node {
  onStart() {
    this.blocks = new Map(), this.height = new Map([[GENESIS, 0]]);  // those whose ancestors are all here, by id
    this.orphans = new Map();                                        // id of a missing parent -> blocks that wait
    this.tip = GENESIS, this.pool = new Map(), this.held = new Map();// held: transaction -> ids of blocks that have it
    this.seen = new Map(), this.heard = new Map(), this.greeted = new Map();
    this.wanted = new Map(), this.news = new Map();                  // block -> who has it; block -> rounds left
    this.asked = new Map(), this.fetched = new Set();                // block -> when we asked; blocks that are no news
    this.holders = new Map();                                        // block -> peers that have it and need no INV
    this.questions = new Map();                                      // block that we lack -> who asks for it, and when
    this.hearsay = new Set();                                        // named by others, and have not answered yet
    for (const peer of [...this.peers.keys()]) this.greet(peer);
    this.wake(1, "ask");
    this.wake(this.random.between(0, 15), "ping");
    this.wake(this.random.between(0, 2), "compare");
    this.plan("makeBlock", this.settings.blockInterval ?? 20);
    this.plan("makeTransaction", this.settings.transactionInterval ?? 15);
  }

  onMessage(from, message) {
    const { type, message_id: id } = message, isData = type === "TX" || type === "BLOCK";
    if (from.startsWith("@") && !isData) return;
    if (id !== undefined && !isData) {
      if (this.seen.has(`${from} ${id}`)) return;
      this.seen.set(`${from} ${id}`, this.now);
    }
    this.heard.set(from, this.now);
    this.hearsay.delete(from);
    this.handlers[type]?.call(this, from, message);
  }

  onTimer(name) { this[name](); }

  handlers = {
    HELLO: this.onHello, GET_PEERS: this.onGetPeers, PEERS: this.onPeers, PING: this.onPing, INV: this.onInv,
    GETBLOCK: this.onGetBlock, BLOCK: this.onBlock, TX: this.onTx, GET_BLOCK_HEADERS: this.onGetHeaders,
    BLOCK_HEADERS: this.onHeaders,
  };

  // Who is there.

  greet(peer) {
    this.greeted.set(peer, this.now);
    const { ip, port, nat, localnetworkid } = this.me;
    this.send(peer, this.message("HELLO", { ip, port, flags: { nat, light: false }, localnetworkid }));
  }

  onHello(from, hello) {
    const isNew = !this.peers.has(from);
    if (isNew) this.peers.set(from, flat(hello));
    if (this.now - (this.greeted.get(from) ?? 0) > 1.5) this.greet(from);
    if (!isNew) return;
    for (const peer of this.some(this.settings.fanout ?? 3, [from])) {
      this.send(peer, this.message("PEERS", { peers: [this.entry(this.peers.get(from))] }));
    }
  }

  onGetPeers(from) {
    this.send(from, this.message("PEERS", { peers: [this.me, ...this.known()].map(this.entry) }));
  }

  known() { return [...this.peers.values()].filter(peer => !this.hearsay.has(peer.peer_id)); }

  onPeers(_, message) {
    for (const entry of message.peers) {
      if (entry.peer_id === this.id || this.peers.has(entry.peer_id)) continue;
      this.peers.set(entry.peer_id, flat(entry));
      this.hearsay.add(entry.peer_id);                               // a HELLO, and nothing else until it answers (W43)
      this.greet(entry.peer_id);
    }
  }

  entry({ peer_id, ip, port, nat, light, localnetworkid }) {
    return { peer_id, ip, port, flags: { nat, light }, localnetworkid };
  }

  ping() {
    for (const [key, time] of this.seen) if (this.now - time > 600) this.seen.delete(key);
    for (const { peer_id } of this.known()) this.send(peer_id, this.message("PING", { timestamp: this.now }));
    this.wake(this.random.between(10, 15), "ping");
  }

  onPing(from, ping) { this.send(from, this.message("PONG", { timestamp: ping.timestamp })); }

  some(count, but = [], full = false) {
    const near = [...this.peers.values()].filter(({ peer_id: id, light }) =>
      !but.includes(id) && this.now - (this.heard.get(id) ?? 0) < ALIVE_FOR && !(full && light));
    return this.random.sample(near.map(peer => peer.peer_id), count);
  }

  // What there is: blocks and transactions.

  onInv(from, inv) {
    for (const id of inv.block_ids) {
      this.fetched.delete(id);
      this.holds(from, id);
    }
    this.want(from, inv.block_ids);
  }

  holds(peer, id) { this.holders.set(id, (this.holders.get(id) ?? new Set()).add(peer)); }

  want(from, ids) {
    const missing = ids.filter(id => !this.blocks.has(id));
    const fresh = missing.filter(id => !this.wanted.has(id)).slice(0, 32);
    for (const id of missing) addTo(this.wanted, id, from);
    for (const id of fresh) this.asked.set(id, this.now);
    if (fresh.length > 0) this.send(from, this.message("GETBLOCK", { block_ids: fresh }));
  }

  /** What was not answered is asked of another (W64). */
  ask() {
    for (const [id, holders] of [...this.wanted]) {
      if (this.now - (this.asked.get(id) ?? 0) < PATIENCE) continue;
      if (holders.length > 0) {
        this.asked.set(id, this.now);
        this.send(holders.shift(), this.message("GETBLOCK", { block_ids: [id] }));
      } else {
        this.wanted.delete(id);
        this.asked.delete(id);
      }
    }
    for (const [id, asked] of this.questions) if (this.now - asked.at(-1).at > 3) this.questions.delete(id);
    this.wake(0.5, "ask");
  }

  onGetBlock(from, question) {
    const found = question.block_ids.map(id => this.blocks.get(id)).filter(Boolean);
    for (const id of question.block_ids) {
      if (!this.blocks.has(id) && this.questions.size < MOST_QUESTIONS) {
        addTo(this.questions, id, { peer: from, at: this.now });
      }
    }
    if (this.peers.get(from)?.light) {
      this.send(from, this.message("BLOCK_HEADERS", { headers: found.map(this.header) }));
    } else for (const block of found) this.send(from, block);
  }

  /** Those who asked before it was here (W34). */
  answer(id) {
    const asked = this.questions.get(id) ?? [];
    this.questions.delete(id);
    for (const { peer, at } of asked) if (this.now - at < 3) this.onGetBlock(peer, { block_ids: [id] });
  }

  onBlock(from, block) {
    if (!hasRightIds(block)) return;
    this.holds(from, block.block_id);
    if (this.blocks.has(block.block_id)) return;
    this.wanted.delete(block.block_id);
    this.asked.delete(block.block_id);
    const parent = block.previous_block_id;
    if (!this.height.has(parent)) {
      const waiting = this.orphans.get(parent) ?? [];
      if (!waiting.some(other => other.block_id === block.block_id)) addTo(this.orphans, parent, block);
      this.want(from, [parent]);
      return;
    }
    for (const waiting = [block]; waiting.length > 0;) {
      const next = waiting.pop();
      if (!this.accept(next)) continue;
      waiting.push(...this.orphans.get(next.block_id) ?? []);
      this.orphans.delete(next.block_id);
    }
    this.choose();
  }

  /** A block whose parent is here. False if it breaks a rule of the chain (W53). */
  accept(block) {
    const ids = block.transactions.map(tx => tx.tx_id), parent = block.previous_block_id;
    const isTwice = id => (this.held.get(id) ?? []).some(other => this.isBelow(other, parent));
    if (new Set(ids).size < ids.length || ids.some(isTwice)) return false;
    this.blocks.set(block.block_id, block);
    this.height.set(block.block_id, this.height.get(parent) + 1);
    for (const id of ids) addTo(this.held, id, block.block_id);
    if (!this.fetched.has(block.block_id)) this.announce(block.block_id);
    this.answer(block.block_id);
    return true;
  }

  announce(id) {
    this.news.set(id, 5);
    this.wake(0, "gossip");
  }

  isBelow(one, other) {
    while (this.height.get(other) > this.height.get(one)) other = this.blocks.get(other).previous_block_id;
    return one === other;
  }

  /** The longest branch, among equals that with the lowest id (W55). */
  choose() {
    let best = this.tip;
    for (const [id, height] of this.height) {
      const lead = height - this.height.get(best);
      if (lead > 0 || (lead === 0 && id < best)) best = id;
    }
    const left = [], joined = [];
    for (let old = this.tip, next = best; old !== next;) {
      if (this.height.get(old) >= this.height.get(next)) {
        left.push(old);
        old = this.blocks.get(old).previous_block_id;
      } else {
        joined.push(next);
        next = this.blocks.get(next).previous_block_id;
      }
    }
    // What was fetched to catch up is no news, but for the tip (W60).
    if (best !== this.tip && this.fetched.has(best) && this.wanted.size === 0) this.announce(best);
    this.tip = best;
    for (const id of left) for (const tx of this.blocks.get(id).transactions) this.pool.set(tx.tx_id, tx);
    for (const id of joined) for (const tx of this.blocks.get(id).transactions) this.pool.delete(tx.tx_id);
  }

  gossip() {
    const news = [...this.news.keys()];
    this.news = new Map([...this.news].filter(([, left]) => left > 1).map(([id, left]) => [id, left - 1]));
    for (const peer of this.some(this.settings.fanout ?? 3)) {
      const lacking = news.filter(id => !this.holders.get(id)?.has(peer));
      if (lacking.length > 0) this.send(peer, this.message("INV", { block_ids: lacking }));
    }
    if (this.news.size > 0) this.wake(0.2, "gossip");
  }

  onTx(from, tx) {
    const isInChain = (this.held.get(tx.tx_id) ?? []).some(id => this.isBelow(id, this.tip));
    if (this.pool.has(tx.tx_id) || isInChain || !hasRightIds(tx)) return;
    this.pool.set(tx.tx_id, tx);
    for (const peer of this.some(this.settings.fanout ?? 3, [from], true)) this.send(peer, tx);
  }

  // Comparing chains.

  compare() {
    for (const peer of this.some(1, [], true)) {
      this.send(peer, this.message("GET_BLOCK_HEADERS", { locator: this.locator() }));
    }
    this.wake(this.random.between(5, 10), "compare");
  }

  /** The ids of our chain, from the tip to the first block. */
  chain() {
    const ids = [];
    for (let id = this.tip; id !== GENESIS; id = this.blocks.get(id).previous_block_id) ids.push(id);
    return ids;
  }

  /** Ten one by one, then with doubling gaps, the first block last. */
  locator() {
    const chain = this.chain(), ids = [];
    for (let at = 0, step = 1; at < chain.length; at += step) {
      ids.push(chain[at]);
      step = ids.length >= 10 ? step * 2 : 1;
    }
    return ids.length === 0 || ids.at(-1) === chain.at(-1) ? ids : [...ids, chain.at(-1)];
  }

  onGetHeaders(from, question) {
    const locator = question.locator ?? [], known = locator.find(id => this.height.has(id)) ?? GENESIS;
    const chain = this.chain(), above = chain.filter(id => !this.isBelow(id, known)).reverse();
    const lowest = this.height.get(chain[above.length]) ?? 0;
    const sides = this.sides().filter(id => this.height.get(id) > lowest - 100);
    const headers = [...above, ...sides].slice(0, MOST_HEADERS).map(id => this.header(this.blocks.get(id)));
    this.send(from, this.message("BLOCK_HEADERS", { headers }));
    // Both sides learn (W37).
    if (locator.length > 0 && !this.height.has(locator[0]) && !this.peers.get(from)?.light) {
      this.want(from, [locator[0]]);
    }
  }

  /** The ids of the blocks that are not in the chain, parents before children. */
  sides() {
    const chain = new Set(this.chain()), order = id => this.height.get(id);
    return [...this.blocks.keys()].filter(id => !chain.has(id)).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  }

  header({ sender, timestamp, block_id, previous_block_id }) {
    return { sender, timestamp, block_id, previous_block_id };
  }

  onHeaders(from, answer) {
    const ids = answer.headers.map(header => header.block_id);
    for (const id of ids) if (!this.blocks.has(id) && !this.wanted.has(id)) this.fetched.add(id);
    this.want(from, ids);
    if (ids.length === MOST_HEADERS) {
      this.send(from, this.message("GET_BLOCK_HEADERS", { locator: ids.slice(-1) }));
    } else {
      const had = new Set(ids), lacking = this.sides().filter(id => !had.has(id)).slice(-100);
      if (lacking.length > 0) this.send(from, this.message("INV", { block_ids: lacking }));
    }
  }

  // Making.

  plan(name, pause) { if (pause) this.wake(pause * this.random.between(0.5, 1.5), name); }

  makeTransaction() {
    const to = this.random.choice([...this.peers.keys()].sort());
    const tx = { type: "TX", from: this.id, to, amount: 1 + this.random.below(100), timestamp: this.now };
    this.onTx(this.id, { ...tx, tx_id: txId(tx) });
    this.plan("makeTransaction", this.settings.transactionInterval ?? 15);
  }

  makeBlock() {
    const block = {
      type: "BLOCK", sender: this.id, timestamp: this.now, previous_block_id: this.tip,
      transactions: [...this.pool.values()].slice(0, 1000).map(bare),
    };
    this.onBlock(this.id, { ...block, block_id: blockId(block) });
    this.plan("makeBlock", this.settings.blockInterval ?? 20);
  }
}

/** A transaction without a trace context, which stands in no block. */
const bare = ({ traceparent, tracestate, ...tx }) => tx;

run(LittleNode);
