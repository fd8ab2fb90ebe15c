#!/usr/bin/env python3
"""Plants small faults in the library, one at a time, and says which of them no test sees.

    tools/mutate.py                       60 faults, spread over the folders of src/
    tools/mutate.py --count 10 --seed 7   other ones
    tools/mutate.py --only diff           in one folder

A fault changes one place of one line: a sign, a factor, an end of a loop or a comparison, two
arguments that change places, a term that is left out. Each is built and judged by the unit and property
tests; one that does not compile is replaced by another. The survivors are printed, to be looked at: a
test is missing, or the fault changes nothing. The tree must be clean, and is left as it was.
"""

import argparse
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
TESTS = ("gradus_tests", "gradus_cli_tests")
SECONDS = 600

# What a fault replaces, and by what. A name or number stands on both sides of an operator.
OPERAND = r"[\w.\])]"
FAULTS = {
    "sign": [(rf"(?<={OPERAND}) \+ (?=[\w(])", " - "), (rf"(?<={OPERAND}) - (?=[\w(])", " + ")],
    "scale": [(r"\b0\.5\b", "0.25"), (r"\b2 \* ", "3 * "), (r"\b1e-(\d)\b", r"1e-\g<1>1"),
              (rf"(?<={OPERAND}) / 2\b", " / 4"), (r"\b16 \* ", "8 * ")],
    "off by one": [(r" < (?=[\w.]+(\(\))?; )", " <= "), (r" <= ", " < "), (r" >= ", " > "),
                   (r"\.size\(\)(?=[;)])", ".size() - 1"), (r"(?<=size_t \w) = 0;", " = 1;")],
    "swapped arguments": [(r"(?<=[a-z_]\()(\w+), (\w+)(?=\))", r"\2, \1")],
    "dropped term": [(rf"(?<={OPERAND}) [+*] [\w.]+(?=[;)])", ""), (r" && [\w.!]+(\(\))?(?=\))", "")],
    "wrong way": [(r"std::max\(", "std::min("), (r"std::min\(", "std::max("), (r" == ", " != "),
                  (r" && ", " || "), (r"\bbreak;", ";")],
}
SKIPPED = re.compile(r"^\s*(//|#|template|using|static_assert|throw|fmt::format|\")|for \(const auto|constexpr std::array")


def candidates(only):
    """Every place where a fault may be planted: (folder, kind, file, number of the line, faulty line)."""
    for path in sorted((ROOT / "src").rglob("*.cpp")):
        folder = path.parent.relative_to(ROOT / "src").as_posix()
        if only and folder.split("/")[0] != only:
            continue
        for number, line in enumerate(path.read_text().splitlines()):
            if SKIPPED.search(line) or '"' in line:
                continue
            code = line.split("//")[0]
            for kind, changes in FAULTS.items():
                for pattern, faulty in changes:
                    for match in re.finditer(pattern, code):
                        planted = line[:match.start()] + match.expand(faulty) + line[match.end():]
                        if planted != line:
                            yield folder, kind, path, number, planted


def chosen(only, seed):
    """The candidates in an order that goes round the folders and kinds, so that the first few are spread."""
    groups = {}
    for candidate in candidates(only):
        groups.setdefault(candidate[:2], []).append(candidate)
    source = random.Random(seed)
    keys = sorted(groups)
    source.shuffle(keys)
    for group in groups.values():
        source.shuffle(group)
    while keys:
        by_folder = {}
        for key in keys:
            by_folder.setdefault(key[0], []).append(key)
        for folder in sorted(by_folder):
            yield groups[source.choice(by_folder[folder])].pop()
        keys = [key for key in keys if groups[key]]


def run(command, seconds):
    """@returns  whether it ended well and in time"""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=seconds).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def builds():
    return run(["ninja", "-C", BUILD, *TESTS], SECONDS)


def passes():
    """Whether all tests pass; each program is cut into parts, as CTest does."""
    parts = 4
    for program in TESTS:
        running = []
        for part in range(parts):
            environment = {**os.environ, "GTEST_TOTAL_SHARDS": str(parts), "GTEST_SHARD_INDEX": str(part)}
            running.append(subprocess.Popen([BUILD / "tests" / program, "--gtest_brief=1", "--gtest_fail_fast"],
                                            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                                            stderr=subprocess.DEVNULL))
        ended_well = True
        for process in running:
            try:
                ended_well = process.wait(SECONDS) == 0 and ended_well
            except subprocess.TimeoutExpired:
                process.kill()
                ended_well = False
        if not ended_well:
            return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a folder of src/")
    options = parser.parse_args()
    if subprocess.run(["git", "status", "--porcelain", "src"], cwd=ROOT, capture_output=True, check=True).stdout:
        sys.exit("tools/mutate.py: src/ has changes: commit them first")
    subprocess.run([ROOT / "script/build", "release", "all"], check=True)
    if not passes():
        sys.exit("tools/mutate.py: the tests fail without a fault")
    judged = 0
    survivors = []
    for folder, kind, path, number, planted in chosen(options.only, options.seed):
        if judged == options.count:
            break
        whole = path.read_text()
        lines = whole.splitlines(keepends=True)
        told = f"{path.relative_to(ROOT)}:{number + 1}: {kind}\n  - {lines[number].strip()}\n  + {planted.strip()}"
        lines[number] = planted + "\n"
        try:
            path.write_text("".join(lines))
            if not builds():
                continue
            judged += 1
            seen = not passes()
        finally:
            path.write_text(whole)
        print(f"{judged:>3} {'seen    ' if seen else 'SURVIVED'} {told}", flush=True)
        if not seen:
            survivors.append(told)
    builds()
    print(f"\n{judged} faults, {len(survivors)} survived")
    print("\n".join(survivors))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
