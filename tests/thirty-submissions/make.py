"""Thirty submissions to try the grader with: right nodes, wrong ones, and ten evil ones.

python3 make.py FOLDER
"""

import json
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYTHON = ["kit.py", "node.py"]

WRONG = ["wrong-block-id", "hello-forever", "never-greets-back", "pong-own-time", "empty-peers", "passes-nothing-on",
         "transactions-to-light", "repeats-transactions", "loses-own-block", "forgets-orphans", "never-asks-again",
         "no-reorganisation", "ties-by-arrival", "forgets-left-transactions"]

# Each would do its harm a little at a time for ever, or until something stops it.
EVIL = {
    "crashes-at-start": "raise SystemExit('I do not feel like it')",
    "hangs": "import time\nwhile True: time.sleep(1)",
    "floods-output": "import sys\nwhile True: sys.stdout.write('x' * 65536)",
    "floods-errors": "import sys\nwhile True: sys.stderr.write('x' * 65536)",
    "fork-bomb": "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass",
    "fills-disk": """
import os, pathlib, sys, tempfile
block = b"x" * (1 << 20)
for place in (".", tempfile.gettempdir(), "/var/tmp", "/dev/shm", "/tmp"):
    for i in range(4096):
        try:
            with open(f"{place}/fill-{i}", "wb") as file:
                for j in range(64):
                    file.write(block)
        except OSError:
            break
raise SystemExit("the disk is full, or it is not mine")
""",
    "takes-memory": "held = []\nwhile True: held.append(bytearray(b'x') * (1 << 24))",
}

# These are the right node, with something beside it. What they find, they would hand in as their own.
ALMOST = {
    "crashes-later": """
import node, os
class Later(node.LittleNode):
    turns = 0
    def on_message(self, sender, message):
        Later.turns += 1
        if Later.turns > 40: os._exit(7)
        super().on_message(sender, message)
node.run(Later)
""",
    "reads-others": """
import glob, os, sys
seen = [p for p in glob.glob("../*/*") + glob.glob("/tmp/*/*/node.py") + glob.glob("/root/*") + glob.glob("/home/*/*")
        if not os.path.samefile(os.path.dirname(p), ".")]
if seen: print("FOUND OTHERS:", seen[:3], file=sys.stderr); raise SystemExit(1)
import node
node.run(node.LittleNode)
""",
    "dials-and-kills": """
import os, signal, socket, sys
got = []
for target in [("1.1.1.1", 53), ("127.0.0.1", 22)]:
    try: socket.create_connection(target, 1); got.append(target)
    except OSError: pass
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for f in (0, 1, 2): os.close(f)
        os.execve("/bin/sleep", ["sleep", "86398.31"], {})
    os._exit(0)
for victim in (os.getppid(), -1):
    try:
        if victim > 1 or victim == -1 and os.getpid() == 1: os.kill(victim, signal.SIGTERM)
    except OSError: pass
if got: print("REACHED", got, file=sys.stderr); raise SystemExit(1)
import node
node.run(node.LittleNode)
""",
}


def submit(folder, name, stdio, files=(), texts=(), build=None):
    """One folder with a node.json."""
    place = folder / name
    place.mkdir(parents=True)
    for file in files:
        shutil.copy(file, place)
    for file, text in texts:
        (place / file).write_text(text.lstrip("\n") + "\n", encoding="utf-8")
    description = {"stdio": stdio} | ({"build": build} if build else {})
    (place / "node.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def main(folder):
    """All thirty."""
    python = [ROOT / "kits/python" / file for file in PYTHON]
    run = ["python3", "node.py", "--stdio"]
    submit(folder, "right-python", run, python)
    submit(folder, "right-javascript", ["node", "node.mjs", "--stdio"],
           [ROOT / "kits/javascript/kit.mjs", ROOT / "kits/javascript/node.mjs"])
    csharp = [file for file in (ROOT / "kits/csharp").iterdir() if file.suffix in (".cs", ".csproj")]
    submit(folder, "right-csharp", ["dotnet", "out/LittleNode.dll", "--stdio"], csharp,
           build=["dotnet", "build", "LittleNode.csproj", "-c", "Release", "-o", "out", "--nologo", "-v", "quiet"])
    submit(folder, "no-program", ["python3", "forgotten.py", "--stdio"])
    submit(folder, "broken-build", run, python, build=["false"])
    (folder / "no-description").mkdir()
    for fault in WRONG:
        submit(folder, fault, ["python3", "wrong.py", fault, "--stdio"], [*python, ROOT / "tests/wrong-nodes/wrong.py"])
    for name, text in EVIL.items():
        submit(folder, f"evil-{name}", run, texts=[("node.py", text)])
    for name, text in ALMOST.items():
        submit(folder, f"evil-{name}", ["python3", "main.py", "--stdio"], python, [("main.py", text)])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
