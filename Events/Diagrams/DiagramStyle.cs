namespace Blockchain.Events.Diagrams;

/// <summary>
/// The colours and dashes of a diagram. The colours are those of Okabe and Ito, which people who see fewer colours can
/// tell apart; each type has a dash and a letter too, for paper without colours.
/// </summary>
internal static class DiagramStyle
{
    /// <summary>For every medium, with the colours of a light page.</summary>
    public const string Light = """
        .space-time { --paper: #ffffff; --ink: #1b1f24; --faint: #6a737d; --line: #d5dae0; --bar: #f1e3b5;
          --inv: #0072b2; --get: #b36b00; --blk: #00795a; --gbh: #8a4b94; --hdr: #8a4b94; --tx: #c0440a;
          --png: #7a838c; --oth: #7a838c; --lost: #c5221f; --queue: #0072b2; --loss: #d93025; --patience: #d9a400;
          font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; background: var(--paper); }
        .space-time text { fill: var(--ink); }
        .space-time .paper { fill: var(--paper); }
        .space-time .title { font-size: 16px; font-weight: 600; }
        .space-time .faint { fill: var(--faint); }
        .space-time .grid { stroke: var(--line); stroke-width: 0.6; }
        .space-time .gap { fill: none; stroke: var(--faint); stroke-width: 1; }
        .space-time .lane { stroke: var(--faint); stroke-width: 0.8; stroke-dasharray: 1 4; }
        .space-time .has { stroke: var(--faint); stroke-width: 1.2; }
        .space-time .name { font-weight: 600; }
        .space-time .dot { fill: var(--ink); stroke: var(--paper); stroke-width: 1; }
        .space-time .arrow line { stroke-width: 1; fill: none; }
        .space-time .arrow .q { stroke-width: 2.5; stroke-dasharray: 1 2; }
        .space-time .arrow .cross { stroke: var(--lost); stroke-width: 1.8; stroke-dasharray: none; }
        .space-time .arrow.lost line { opacity: 0.9; }
        .space-time .arrow text, .space-time .label { font-size: 10px; paint-order: stroke; stroke: var(--paper);
          stroke-width: 3px; stroke-linejoin: round; }
        .space-time .inv line { stroke: var(--inv); stroke-dasharray: 6 3; }
        .space-time .get line { stroke: var(--get); stroke-dasharray: 2 3; }
        .space-time .blk line { stroke: var(--blk); stroke-width: 1.6; }
        .space-time .gbh line { stroke: var(--gbh); stroke-dasharray: 8 3 2 3; }
        .space-time .hdr line { stroke: var(--hdr); stroke-width: 1.4; stroke-dasharray: 12 3; }
        .space-time .tx line { stroke: var(--tx); stroke-dasharray: 10 2 2 2; }
        .space-time .png line { stroke: var(--png); stroke-dasharray: 1 4; }
        .space-time .oth line { stroke: var(--oth); stroke-dasharray: 4 2 1 2; }
        .space-time .inv .head { fill: var(--inv); stroke: var(--inv); }
        .space-time .get .head { fill: var(--get); stroke: var(--get); }
        .space-time .blk .head { fill: var(--blk); stroke: var(--blk); }
        .space-time .gbh .head { fill: var(--gbh); stroke: var(--gbh); }
        .space-time .hdr .head { fill: var(--hdr); stroke: var(--hdr); }
        .space-time .tx .head { fill: var(--tx); stroke: var(--tx); }
        .space-time .png .head { fill: var(--png); stroke: var(--png); }
        .space-time .oth .head { fill: var(--oth); stroke: var(--oth); }
        .space-time .relayed .head { fill: var(--paper); }
        .space-time .crowd .arrow:not(.way) { opacity: 0.45; }
        .space-time .crowd .arrow.lost:not(.way) { opacity: 0.75; }
        .space-time .way line { stroke-width: 3.2; }
        .space-time .way text { font-size: 12px; font-weight: 700; }
        .space-time .wait { stroke-width: 9; stroke-linecap: butt; }
        .space-time .wait.patience { stroke: var(--patience); }
        .space-time .wait.loss { stroke: var(--loss); stroke-dasharray: 5 2; }
        .space-time .wait.queue { stroke: var(--queue); stroke-dasharray: 2 2; }
        .space-time .wait.untold { stroke: var(--faint); stroke-dasharray: 1 3; }
        .space-time .wait.latency { stroke: var(--ink); }
        .space-time .label { font-weight: 600; font-size: 11px; }
        .space-time .panel { font-size: 12px; }
        .space-time .small { font-size: 11px; }
        .space-time .number { text-anchor: end; font-variant-numeric: tabular-nums; }
        """;

    /// <summary>For a reader who has asked for dark colours.</summary>
    public const string Dark = """
        @media (prefers-color-scheme: dark) { .space-time { --paper: #14181d; --ink: #e8ecf0; --faint: #97a1ab;
          --line: #2c343c; --inv: #5cb8f0; --get: #f0b040; --blk: #3ccfa0; --gbh: #d79be0; --hdr: #d79be0; --tx: #ff8a50;
          --png: #8e98a2; --oth: #8e98a2; --lost: #ff6b63; --queue: #5cb8f0; --loss: #ff6b63; --patience: #e6bd3c; } }
        """;

    /// <summary>Paper: black on white, whatever the screen had.</summary>
    public const string Print = """
        @media print { .space-time { width: 100%; height: auto;
          --paper: #ffffff; --ink: #000000; --faint: #444444; --line: #bbbbbb; --inv: #000000;
          --get: #000000; --blk: #000000; --gbh: #000000; --hdr: #000000; --tx: #000000; --png: #666666; --oth: #666666;
          --lost: #000000; --queue: #555555; --loss: #222222; --patience: #bbbbbb; } }
        """;
}
