#!/usr/bin/env python3
"""Checks from the #include lines that the arrows between the folders point down only.

    tools/dev/check_layers.py [ROOT]

core < domain < events < {log, views, cache, secrets, plugin_host} < actions < studio < front ends. The five in braces
never include each other, except that views reads the log through its reader interface. Beside domain stands decode,
which sees core alone. A front end sees studio and what studio's headers expose, and the pure layers. Each outside library is seen in one place only.

Violations go to standard output, one a line, and the exit code is 1; long files are warnings.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

RANK = {"core": 0, "decode": 1, "domain": 1, "events": 2, "log": 3, "views": 3, "cache": 3, "secrets": 3,
        "plugin_host": 3, "actions": 4, "studio": 5}
PURE_LAYERS = ("core", "decode", "domain", "events")
LOG_READER = {"log/event_reader.hpp", "log/frame.hpp"}
FRONT_ENDS = ("tools/cli/", "ui-qml/")

# What an include line of an outside library looks like, its name, and the folders that may have it.
LIBRARIES = (
    (re.compile(r"lmdb\.h$"), "LMDB", ("engine/log/",)),
    (re.compile(r"sqlite3(ext)?\.h$"), "SQLite", ("engine/views/", "engine/actions/legacy")),
    (re.compile(r"hiredis/"), "hiredis", ("engine/cache/redis/",)),
    (re.compile(r"(zlib|lz4(frame)?)\.h$"), "a decompressor", ("engine/decode/",)),
    (re.compile(r"libsecret/"), "libsecret", ("engine/secrets/",)),
    (re.compile(r"boost/dll(/|\.hpp)"), "Boost.DLL", ("engine/plugin_host/child/",)),
    (re.compile(r"seccomp\.h$"), "libseccomp", ("engine/plugin_host/child/",)),
    (re.compile(r"(Q[A-Z]\w*|Qt[A-Z]\w*/.*|q[a-z]+\.h)$"), "Qt", ("ui-qml/", "plugins/")),
)

CODE_FOLDERS = ("engine", "plugins", "ui-qml", "tools", "tests")
# Libraries are measured and tested by themselves in these.
FREE_OF_LIBRARY_RULES = ("tools/bench/", "tests/")
SOURCE_SUFFIXES = {".hpp", ".cpp", ".h", ".c"}
LONG_FILE_LINES = 400
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


@dataclass(frozen=True)
class Include:
    file: str  # relative to the root, with forward slashes
    line: int
    target: str
    quoted: bool

    @property
    def place(self):
        return f"{self.file}:{self.line}"


def read_includes(root, path):
    text = path.read_text(encoding="utf-8", errors="replace")
    file = path.relative_to(root).as_posix()
    return [Include(file, text.count("\n", 0, match.start(2)) + 1, match[2], match[1] == '"')
            for match in INCLUDE.finditer(text)]


def source_files(root):
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES and path.is_file():
                yield path


def layer_of(file):
    parts = file.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "engine" else None


def target_layer(root, include):
    """The engine layer that an include line names; nothing if the file is the includer's own or an outside one's."""
    layer = include.target.split("/")[0]
    if "/" not in include.target or layer not in RANK:
        return None
    if include.quoted and not (root / "engine" / include.target).exists():
        beside = (root / include.file).parent / include.target
        own_roots = [root / front / include.target for front in FRONT_ENDS if include.file.startswith(front)]
        if any(path.exists() for path in [beside, *own_roots]):
            return None
    return layer


def exposed_by_studio(root):
    """Every engine header that one gets by including the headers of studio."""
    found = set()
    waiting = [path.relative_to(root / "engine").as_posix() for path in (root / "engine/studio").glob("*.hpp")]
    while waiting:
        header = waiting.pop()
        path = root / "engine" / header
        if header in found or not path.exists():
            continue
        found.add(header)
        waiting += [include.target for include in read_includes(root, path) if include.quoted]
    return found


def engine_violation(include, own, other):
    if own == other or RANK[other] < RANK[own]:
        return None
    if own == "views" and include.target in LOG_READER:
        return None
    if RANK[other] == RANK[own]:
        return f"{own} and {other} stand side by side and may not include each other"
    return f"{own} may not include {other}, which stands above it"


def layer_violation(include, other, exposed):
    own = layer_of(include.file)
    if own is not None:
        return engine_violation(include, own, other) if own in RANK else f"engine/{own} has no place among the layers"
    if include.file.startswith("plugins/"):
        return "a plugin may include nothing of the engine but the SDK"
    if include.file.startswith(FRONT_ENDS):
        if other not in (*PURE_LAYERS, "studio") and include.target not in exposed:
            return "a front end may include only studio, what studio's headers expose, and the pure layers"
    return None


def library_violation(include):
    if include.file.startswith(FREE_OF_LIBRARY_RULES):
        return None
    for pattern, name, folders in LIBRARIES:
        if pattern.match(include.target) and not include.file.startswith(folders):
            return f"{name} may be seen only in {' and '.join(folders)}"
    return None


def violations(root):
    exposed = exposed_by_studio(root)
    for path in source_files(root):
        for include in read_includes(root, path):
            if include.target.startswith("../") or "/../" in include.target:
                yield f"{include.place}: {include.target}: headers are named from the include root, not by '../'"
                continue
            other = target_layer(root, include)
            reason = layer_violation(include, other, exposed) if other else library_violation(include)
            if reason:
                yield f"{include.place}: {include.target}: {reason}"


def long_files(root):
    for path in source_files(root):
        lines = path.read_bytes().count(b"\n")
        if lines > LONG_FILE_LINES:
            yield f"{path.relative_to(root).as_posix()}: {lines} lines: perhaps two ideas in one file"


def main(arguments):
    root = Path(arguments[0] if arguments else Path(__file__).parents[2]).resolve()
    if not (root / "engine").is_dir():
        print(f"{root} has no engine folder", file=sys.stderr)
        return 2
    for warning in long_files(root):
        print(f"warning: {warning}", file=sys.stderr)
    found = list(violations(root))
    print("\n".join(found) if found else "all arrows point down")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
