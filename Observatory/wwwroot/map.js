// What the server does not draw: blocks on their way, and the keyboard's way from peer to peer.

const svgNamespace = "http://www.w3.org/2000/svg";
const flight = 450; // milliseconds, as long as a message of a network with the shipped latencies takes, and a bit
const maxDelay = 600;
const maxAtOnce = 150;

/** @param {SVGSVGElement} svg @param owner told of the screen's shape by SetPortrait */
export function start(svg, owner) {
  const layer = svg.querySelector(".pulses");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 700px)");
  let isOver = false;

  const tellShape = () => owner.invokeMethodAsync("SetPortrait", narrow.matches);
  const peers = () => [...svg.querySelectorAll("[data-peer]")];
  const peer = id => svg.querySelector(`[data-peer="${CSS.escape(id)}"]`);
  const point = element => ({ x: Number(element.dataset.x), y: Number(element.dataset.y) });

  const onKey = event => {
    const from = event.target.closest("[data-peer]");
    if (!from) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      from.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return;
    }
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    nearest(from, direction)?.focus();
  };

  // The nearest in that direction; what lies aside counts double.
  const nearest = (from, [dx, dy]) => {
    const here = point(from);
    let best = null;
    let least = Infinity;
    for (const candidate of peers()) {
      const there = point(candidate);
      const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      if (along > 1 && along + 2 * aside < least) {
        least = along + 2 * aside;
        best = candidate;
      }
    }
    return best;
  };

  const circle = (slot, at, radius, className) => {
    const element = document.createElementNS(svgNamespace, "circle");
    element.setAttribute("class", `${className} slot-${slot}`);
    element.setAttribute("cx", at.x);
    element.setAttribute("cy", at.y);
    element.setAttribute("r", radius);
    layer.append(element);
    return element;
  };

  const play = (element, frames, options) => {
    element.animate(frames, { fill: "both", ...options }).finished.then(() => element.remove(), () => element.remove());
  };

  const radiusOf = element => Number(element.querySelector(".focus").getAttribute("r")) / 1.75;

  const arrive = (target, slot, delay) => {
    const frames = still.matches
      ? [{ opacity: 0 }, { opacity: 0.8 }, { opacity: 0 }]
      : [
          { opacity: 0.9, transform: "scale(0.8)" },
          { opacity: 0, transform: "scale(1.9)" },
        ];
    const ring = circle(slot, point(target), radiusOf(target) * 1.2, "burst");
    play(ring, frames, { duration: 700, delay, easing: "ease-out" });
  };

  const travel = (source, target, slot, delay) => {
    const from = point(source);
    const to = point(target);
    const move = [{ transform: "none" }, { transform: `translate(${to.x - from.x}px, ${to.y - from.y}px)` }];
    play(circle(slot, from, Math.max(3, radiusOf(source) * 0.35), "pulse"), move, {
      duration: flight,
      delay,
      easing: "ease-in-out",
      fill: "none",
    });
  };

  svg.addEventListener("keydown", onKey);
  narrow.addEventListener("change", tellShape);
  tellShape();

  return {
    pulse(arrivals) {
      if (isOver || document.hidden) return;
      for (const [via, id, slot, after] of arrivals) {
        if (layer.childElementCount > maxAtOnce) return;
        const target = peer(id);
        const source = via === id ? null : peer(via);
        if (!target) continue;
        const delay = Math.min(after, maxDelay);
        if (source && !still.matches) travel(source, target, slot, delay);
        arrive(target, slot, source && !still.matches ? delay + flight : delay);
      }
    },
    stop() {
      isOver = true;
      svg.removeEventListener("keydown", onKey);
      narrow.removeEventListener("change", tellShape);
    },
  };
}
