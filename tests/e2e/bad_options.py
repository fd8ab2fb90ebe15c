# SPDX-License-Identifier: MIT
"""Command lines that mean nothing: every option of every command, as --help lists them, with values
that it cannot have; and options that do not fit the data or each other."""

import json
import re

from bad_files import Case

# What no option with a meaning of its own takes.
NONSENSE = ("", " ", "x", "-1", "nan", "-inf", "1e999", "0x10", "99999999999999999999999", "1,,2", ":",
            "\u00e9", "1\n2", "-", "9" * 300, "%s%n")
COUNTS = (*NONSENSE, "1.5", "1e3", "+1", " 1", "18446744073709551616")
NUMBERS = (*(text for text in NONSENSE if not text.startswith("99")), "+1", "1,5", "1 ", "infinity")
NAMES = (*NONSENSE, "Sigmoid", "sigmoid,relu", "all ", "none")
PLANES = ("moon", "moons:", "moons:noise", "moons:noise=", "moons:noise=x", "moons:noise=-1", "moons:noise=nan",
          "moons:noise=inf", "moons:noise=1001", "moons:n=9", "moons:n=1000001", "moons:n=1e3", "moons:n=20,n=20",
          "moons:n=20,", "moons:seed=-1", "moons:seed=18446744073709551616", "moons:no=1", "moons:N=20",
          "moons,noise=1", "moons:noise=1:n=20", "Moons", "noisy_line")
FILES = ("", "no/such/file", "bad/\u00e9", "/proc", "/dev/null", "x" * 300)

VALUES = {
    "--activation": NAMES, "--loss": NAMES, "--optimizer": NAMES, "--gradient": NAMES,
    "--sampling": NAMES, "--precision": NAMES, "--first-layer": NAMES, "--standardize": NAMES,
    "--method": NAMES,
    "--part": NAMES, "--init": (*NAMES, "normal:x", "normal:-1", "normal:1:2", "he:1", "normal:nan"),
    "--schedule": (*NAMES, "step:0", "step:1.5", "step:5:-1", "step:5:nan", "cosine:2:3", "constant:1",
                   "exponential:0", "exponential:inf"),
    "--eval-every": (*COUNTS, "0", "epochs"), "--lr": (*NUMBERS, "0"), "--momentum": (*NUMBERS, "1"),
    "--weight-decay": NUMBERS, "--resolution": (*NUMBERS, "0"), "--h": (*NUMBERS, "0"),
    "--batch": (*COUNTS, "0"), "--iterations": (*COUNTS, "0"), "--epochs": (*COUNTS, "0"),
    "--early-stop": (*COUNTS, "0"), "--threads": (*COUNTS, "0"), "--samples": (*COUNTS, "0"),
    "--steps": (*COUNTS, "0", "1000001"), "--timeout": (*COUNTS, "0"),
    "--warmup": COUNTS, "--validation": COUNTS, "--seed": COUNTS,
    "--layers": (*NONSENSE, "4", "4,0,3", "4,-1,3", "4;3", "4,3,", "4.5,3"),
    "--at": ("", " ", "x", "nan", "inf", "1e999", "1,,2", "1;2", "\u00e9", "1 2", "+-1"),
    "--along": ("", " ", "x", "nan", "inf", "1e999", "1,,2", "1;2", "\u00e9", "1 2", "+-1", "1,2"),
    "--claim": ("", " ", "x +", "\u00e9", "1,2", "sinn(x)", "x3", "(", "1\n+"),
    "--digits": (*COUNTS, "0", "10001"), "--order": (*COUNTS, "0", "3"),
    "--from": ("", " ", "x", "nan", "inf", "1e999", "1,,2", "1;2", "\u00e9", "1 2", "+-1"),
    "--label": ("", "0", "6", "no such", "a,b", "1.5"), "--target": ("", "0", "6", "a,a", "a,,b", "a,"),
    "--ignore": ("", "0", "6", "label", "a,no", "a,,b"), "--missing": NAMES,
    "--only": (*NAMES, "loss,score", "Regions"), "--data": (*FILES, *PLANES),
    "--config": FILES[:-2], "--resume": FILES, "--out": ("/proc/no", "/dev/null/x",
                                                                          "data.csv", "data.csv/x"),
    "--set": ("", "x", "=", "no=1", "at=", "at=x", "at=nan", "at=1e999", "at=0,0,0,0,0", "f=", "f=foo(x)"),
    "--plot": ("", "x", "x.jpg", ".png.gif"), "--lang": ("", "fr", "EN", "en,ko"),
    "--plant": ("", "x", "W9", "w1", "-1"), "--mirror": ("", "x", "file:///etc/passwd", "ftp://x"),
}
FLAGS = {"--json", "--quiet", "--draw", "--sweep", "--hessian", "--all", "--maximize", "--parameters",
         "--keep-script"}

# Each command with what it needs besides the option.
COMMANDS = {
    ("train",): ["--data", "data.csv", "--iterations", "1", "--batch", "5", "--out", "bad/out"],
    ("evaluate",): ["run", "--data", "data.csv"],
    ("predict",): ["run", "data.csv"],
    ("plot",): ["run", "--out", "bad/plot.png"],
    ("report",): ["run", "--out", "bad/report.html"],
    ("sweep",): ["--data", "data.csv", "--iterations", "1", "--batch", "5"],
    ("diff",): ["x0^2", "--at", "3"],
    ("descend",): ["x0^2", "--from", "3", "--steps", "2"],
    ("gradcheck",): ["--data", "data.csv", "--layers", "4,3", "--samples", "9"],
    ("lab",): ["tangent"],
    ("data", "info"): ["data.csv"],
    ("data", "make"): ["digits", "--out", "bad/made"],
    ("data", "get"): ["mnist"],
    ("data", "list"): [],
}
# Those of `gradus train` that a sweep takes too, though its --help only says so.
SWEPT = ("--lr", "--layers", "--activation", "--batch", "--optimizer", "--seed")


def options_of(help_text):
    found = re.findall(r"^  (?:-\w,)?(--[a-z-]+)", help_text, re.MULTILINE)
    return [option for option in found if option != "--help"]


def options(read_help):
    """@param read_help  gives the text of --help for a command"""
    for command, rest in COMMANDS.items():
        known = options_of(read_help(command))
        for option in [*known, *(SWEPT if command == ("sweep",) else ())]:
            if option in FLAGS:
                yield Case("flag", [*command, *rest, f"{option}=x"], says=(option,))
                continue
            # A new option has to be added above.
            for value in VALUES[option]:
                if command == ("sweep",) and "," in value and option != "--layers":
                    continue  # two values
                before = [word for i, word in enumerate(rest)
                          if word != option and (i == 0 or rest[i - 1] != option)]
                yield Case("option", [*command, *before, f"{option}={value}"],
                           says=(option,) if option in ("--lr", "--batch", "--init") else ())
            yield Case("option without a value", [*command, *rest, option], says=(option,))
        yield Case("unknown option", [*command, *rest, "--no-such"], says=("--no-such",))
        yield Case("unknown option", [*command, *rest, "-z"], says=("-z",))
        if command not in (("predict",), ("plot",), ("diff",), ("descend",)):
            yield Case("extra argument", [*command, *rest, "more", "more"], says=("more",))


USAGE = """fly; Train; -x; --lr; data; data fly; data make; data make letters --out bad/o; data get x;
    -- train; help; \u00e9; evaluate; predict run; diff; descend x; diff x; data get; predict;
    gradcheck no; data info; data make digits"""


def usage():
    for arguments in ([], [""], ["train train"], ["9" * 300]):
        yield Case("usage", arguments)
    for line in USAGE.split(";"):
        yield Case("usage", line.split())


def expressions(random):
    good = "sin(x0)^2 + exp(-x1) * (x0 - 3)"
    texts = ["", " ", "(", ")", "()", "x0 +", "* x0", "x0 ^", "foo(x0)", "sin", "sin()", "sin x",
             "x9999999999999", "1e999", "1..2", "x0 x", "max(1)", "max(1,)", "pow(,)", "x0 = 3",
             "x0; x1", "\u2211x", "x0\n+", "sum(", "mean()", "(" * 300 + "x" + ")" * 300,
             "x+" * 60000 + "x", "x_0", "\x7f", "$x", "x0 & x1"]
    texts += [good[:place] for place in random.sample(range(1, len(good) - 1), 12)
              if good[:place].count("(") > good[:place].count(")")]
    for text in texts:
        yield Case("expression", ["diff", "--at=1,2", "--", text])
        yield Case("expression", ["descend", "--from=1,2", "--", text])
    yield Case("expression", ["diff", "x0 + x5", "--at", "1,2"], says=("x5",))
    yield Case("expression", ["descend", "x", "--from", "1,2"], says=("x",))


MISFITS = """--batch 31; --batch 26; --layers 5,3; --layers 4,2; --layers 4,3,4; --validation 25;
    --validation 30; --early-stop 2; --epochs 1 --iterations 2; --gradient numerical --precision float;
    --layers 4,4294967296,3; --layers 4,68719476735,3; --out run; --batch 18446744073709551615;
    --validation 18446744073709551615; --epochs 18446744073709551615 --batch 5"""
OTHER_MISFITS = """sweep --data data.csv --batch 5,31; evaluate images.safetensors --data data.csv;
    predict images.safetensors data.csv; predict run data.csv --draw; predict run no.csv;
    evaluate no/such; evaluate bad; evaluate data.csv; gradcheck run --layers 4,3;
    gradcheck run --plant W7 --data data.csv; data make digits --out images; data info no;
    train --resume run; train --resume stopped --lr 0.7; train --resume stopped --out bad/o;
    train --resume images; lab no; lab tangent --keep-script;
    plot no --out bad/a.png; plot images --out bad/a.svg; plot run run --data data.csv --out bad/a.png;
    plot run --out no/such/a.png; plot run --out bad/a.png --only regions;
    plot run --out bad/a.png --only curve; plot run run --out bad/a.png --only confusion; report data.csv; report run --out data.csv; report run run"""


def misfits():
    """Options that are right alone and do not fit the data or each other."""
    for line in MISFITS.split(";"):
        yield Case("misfit", ["train", "--data", "data.csv", *line.split()])
    for line in OTHER_MISFITS.split(";"):
        yield Case("misfit", line.split())
    many = ",".join(map(str, range(1, 9000)))
    yield Case("misfit", ["sweep", "--seed", many + "," + many])
    yield Case("misfit", ["sweep", "--seed", many, "--warmup", many])


CONFIGS = ("speed = 3", "lr = ", "= 3", "lr = x", "lr = [0.1, 0.2]", "lr = -1", "batch = 1e3",
           "lr = 0.1\nlr 3", "layers = [4, x]", "iterations = nan", "a" * 300, '"lr" = "',
           "lr = '''", "optimizer = 1", "threads = 0", "no-such = true", "\x1b[2J = 1")


def configs(random):
    for text in (*(text.encode() for text in CONFIGS), random.randbytes(200)):
        yield Case("config", ["train", "--data", "data.csv", "--config", "bad/c.toml"],
                   {"bad/c.toml": text}, ("bad/c.toml",))


# What run.json cannot say of an option.
STORED = {"lr": ("x", -1, None, {}, [1, 2], True), "layers": ("x", 4, [], [4], [4, 0, 3], {}),
          "batch": (0, -1, 1.5, "x"), "iterations": (0, "x"), "optimizer": ("x", 3),
          "seed": (-1, "x", 1.5), "no_such": (1,), "out": ("x",), "threads": (0, "x"),
          "precision": ("half", 3)}


def run_descriptions(random, stopped):
    """A run that was stopped, with a run.json that cannot be.
    @param stopped  its files, by name"""
    def case(text, *says):
        files = {f"bad/run/{name}": data for name, data in stopped.items()}
        files["bad/run/run.json"] = text if isinstance(text, bytes) else text.encode()
        return Case("run.json", ["train", "--resume", "bad/run"], files, says)

    good = stopped["run.json"].rstrip()
    run = json.loads(good)
    for place in [0, 1, len(good) - 1, *random.sample(range(2, len(good) - 1), 40)]:
        yield case(good[:place], "bad/run/run.json")
    for text in ("[]", "null", "3", '"x"', "{}", "[" * 100000, random.randbytes(200), good + b"}", "\0"):
        yield case(text, "bad/run/run.json")
    for key in ("status", "options"):
        for value in (None, 3, [], "x", {}, {"lr": []}):
            if not (key == "options" and value == {}):
                yield case(json.dumps({**run, key: value}), "bad/run")
    for key, values in STORED.items():
        for value in values:
            yield case(json.dumps({**run, "options": {**run["options"], key: value}}), "bad/run")
    for value in ("", "0" * 64, 3, None):
        yield case(json.dumps({**run, "data_sha256": value}), "bad/run")
