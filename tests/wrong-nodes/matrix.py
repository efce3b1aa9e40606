"""Which rules and scenarios find which wrong node: a table in Markdown, and whether it is as faults.json has it.

python3 matrix.py --lab "dotnet …/Blockchain.Lab.dll" [--seeds 10] [--only FAULT …] [--no-rules] [-o matrix.md]

A rule or scenario that faults.json names for a fault has to find it (a scenario: with nine of ten seeds). One that it
does not name must find nothing, but for those that find it "sometimes": by their seed. The right nodes have to hold everything. Exit code 1 if something is otherwise.
"""

import argparse
import concurrent.futures
import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COURSE = ROOT / "docs" / "course" / "4-write-a-node"
SHIPPED = HERE / "shipped.json"
RIGHT = {
    "right (Python)": ["python3", str(ROOT / "kits/python/node.py"), "--stdio"],
    "right (JavaScript)": ["node", str(ROOT / "kits/javascript/node.mjs"), "--stdio"],
    "right (C#)": ["dotnet", str(ROOT / "kits/csharp/bin/Release/net10.0/LittleNode.dll"), "--stdio"],
}


def program(name):
    return RIGHT.get(name) or ["python3", str(HERE / "wrong.py"), name, "--stdio"]


def scenario_files():
    return sorted(path for path in COURSE.glob("*.json") if "steps" in path.read_text() and "rules" not in path.stem)


def with_node(scenario, words, folder):
    """A copy of a scenario in a folder, with this program in place of the node that it tries."""
    text = "\n".join(line for line in scenario.read_text().splitlines() if not line.lstrip().startswith("//"))
    copy = json.loads(text)
    network = copy["network"]
    network["file"] = str((scenario.parent / network["file"]).resolve())
    for name in ("5002", "5009", "5010") if scenario == SHIPPED else ("6000",):
        network["peers"].setdefault(name, {}).update({"directory": str(HERE), "stdio": words, "command": None})
    path = folder / scenario.name
    path.write_text(json.dumps(copy))
    return path


def run(lab, folder, files, *options):
    out = folder / "results.json"
    out.unlink(missing_ok=True)
    ran = subprocess.run([*lab, "run", *map(str, files), *options, "--json", str(out), "--out", str(folder / "runs")],
                         capture_output=True, text=True)
    if not out.exists():
        sys.exit(ran.stdout + ran.stderr)
    return json.loads(out.read_text())


def try_scenarios(lab, name, seeds, expected):
    """Scenario -> share of the seeds with which it did not hold, and the first reason."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="matrix-"))
    try:
        files = {one.stem: with_node(one, program(name), folder) for one in [*scenario_files(), SHIPPED]}
        found = dict.fromkeys(files, (0, ""))
        for result in run(lab, folder, files.values(), "--seeds", str(seeds)):
            scenario = result["scenario"]
            # The same seed is the same run; only a machine that is too busy for a turn of a node makes another one.
            for _ in range(0 if scenario in expected else 3):
                if result["verdict"] != "held":
                    [result] = run(lab, folder, [files[scenario]], "--seed", str(result["seed"]))
            if result["verdict"] != "held":
                bad = next((step for step in result["steps"] if step["verdict"] != "held"), None)
                why = f"{bad['step']}: {bad['detail']}" if bad else result["broken"]
                wrong, reason = found[scenario]
                found[scenario] = (wrong + 1, reason or f"seed {result['seed']}: {why}")
        return {scenario: (wrong / seeds, reason) for scenario, (wrong, reason) in found.items()}
    finally:
        shutil.rmtree(folder)


def try_rules(lab, name):
    """Rule -> reason, of those that `Lab conformance` calls broken."""
    with tempfile.TemporaryDirectory(prefix="matrix-") as folder:
        out = pathlib.Path(folder) / "report.json"
        ran = subprocess.run([*lab, "conformance", shlex.join(program(name)), "--json", str(out)],
                             capture_output=True, text=True)
        if not out.exists():
            sys.exit(ran.stdout + ran.stderr)
        results = json.loads(out.read_text())[0]["results"]
        return {one["rule"]: one["reason"] for one in results if one["verdict"].lower() == "broken"}


def row(lab, name, expected, options):
    """A line of the table, and what is not as expected."""
    found = try_scenarios(lab, name, options.seeds, expected["scenarios"])
    problems, cells = [], []
    for scenario, (share, reason) in found.items():
        if scenario in expected["scenarios"]:
            if share < 0.9:
                problems.append(f"{name}: {scenario} finds it with {share:.0%} of the seeds only")
        elif share > 0 and scenario not in expected.get("sometimes", []):
            problems.append(f"{name}: {scenario} does not hold with {share:.0%} of the seeds: {reason}")
        if share > 0:
            cells.append(scenario if share == 1 else f"{scenario} ({share:.0%})")
    broken = {} if options.no_rules else try_rules(lab, name)
    problems += [f"{name}: {rule} is broken: {broken[rule]}" for rule in broken if rule not in expected["rules"]]
    if not options.no_rules and expected["rules"] and not broken.keys() & set(expected["rules"]):
        problems.append(f"{name}: none of {', '.join(expected['rules'])} is broken")
    rules = ", ".join(sorted(broken, key=lambda rule: int(rule[1:]))) or "none"
    return f"| {name} | {'not tried' if options.no_rules else rules} | {', '.join(cells) or 'none'} |", problems


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lab", default=f"dotnet run -c Release --project {ROOT / 'Lab'} --")
    options.add_argument("--seeds", type=int, default=10)
    options.add_argument("--only", nargs="+", help="these faults only")
    options.add_argument("--no-rules", action="store_true", help="without Lab conformance")
    options.add_argument("-o", type=pathlib.Path, help="write the table into this file")
    given = options.parse_args()
    faults = json.loads((HERE / "faults.json").read_text())
    rows = {**{name: {"rules": [], "scenarios": []} for name in RIGHT}, **faults}
    chosen = [name for name in rows if given.only is None or name in given.only]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda name: row(shlex.split(given.lab), name, rows[name], given), chosen))
    table = ["| node | broken rules | scenarios that do not hold |", "|---|---|---|", *(line for line, _ in done)]
    problems = [problem for _, some in done for problem in some]
    text = "\n".join(table) + "\n"
    if given.o:
        given.o.write_text(text)
    print(text + "\n" + ("\n".join(problems) or "All as faults.json has it."))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
