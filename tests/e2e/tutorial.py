# SPDX-License-Identifier: MIT
"""The tutorial: chapters in two languages whose console blocks are run and whose pictures are drawn.

`script/tutorial` writes what came out into the chapters; `tutorial_test.py` compares.
"""

import dataclasses
import json
import os
import pathlib
import shlex
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/tutorial"
PICTURES = FOLDER / "pictures"
LANGUAGES = ("en", "ko")
# Pages with every figure of every experiment.
FIGURES = {"en": ROOT / "docs/figures.md", "ko": ROOT / "docs/figures.ko.md"}
HEADS = {
    "en": """# All figures

[한국어](figures.ko.md)

What `gradus lab` draws, experiment by experiment. `--plot FILE` draws it for you, `--set` with other values;
the [tutorial](tutorial/en/README.md) tells what it means.
""",
    "ko": """# 모든 그림

[English](figures.md)

`gradus lab`의 실험이 그리는 그림을 한자리에 모았습니다. `--plot FILE`로 직접 그릴 수 있고, `--set`으로 값을 바꿔 볼 수 있습니다.
그림의 뜻은 [따라 하기](tutorial/ko/README.md)에서 설명합니다.
""",
}


@dataclasses.dataclass
class Drawn:
    """A picture as the program drew it."""

    name: str  # of the file in PICTURES
    png: bytes
    script: str  # that made gnuplot draw it, with all the numbers


class Program:
    """Runs commands of a chapter, in one folder, each once."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.known = {}

    def run(self, command):
        """What a command prints, and the picture it draws, if it does."""
        if command not in self.known:
            self.known[command] = self.run_again(shlex.split(command))
        return self.known[command]

    def run_again(self, words):
        if words[0] != "gradus":
            raise ValueError(f"a chapter runs gradus, not {words[0]}")
        picture = words[words.index("--plot") + 1] if "--plot" in words else None
        process = subprocess.run(
            [self.program, *words[1:], *(["--keep-script"] if picture else [])], cwd=self.folder,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
        if process.returncode not in (0, 1):  # 1: a check or a run that failed, and says so
            raise ValueError(process.stderr)
        output = process.stdout + process.stderr  # a terminal shows both
        return output.replace(self.program, "gradus"), self.drawn(picture, words) if picture else None

    def drawn(self, picture, words):
        language = words[words.index("--lang") + 1] if "--lang" in words else "en"
        file = self.folder / picture
        script = file.with_name(picture + ".gnuplot")
        return Drawn(f"{file.stem}.{language}.png", file.read_bytes(), script.read_text())


def chapters():
    """The names of the chapters' files, in order; they are the same in each language."""
    return sorted(path.name for path in (FOLDER / "en").glob("[0-9]*.md"))


def figures_page(program, language):
    """A page with what every experiment draws; its text, and the pictures."""
    ending = "" if language == "en" else f" --lang {language}"
    titles = program.run("gradus lab" + ending)[0].splitlines()
    lines, pictures, section = [HEADS[language]], [], None
    for entry in json.loads(program.run(f"gradus lab --json{ending}")[0]):
        command = f"gradus lab {entry['id']}"
        if not json.loads(program.run(f"{command} --json")[0])["figures"]:
            continue
        pictures.append(program.run(f"{command}{ending} --plot {entry['id']}.png")[1])
        if entry["section"] != section:
            section = entry["section"]
            lines.append(f"## {next(title for title in titles if section in title)}\n")
        lines.append(f"**{entry['title']}** (`{command}`)\n\n"
                     f"![{entry['title']}](tutorial/pictures/{pictures[-1].name})\n")
    return "\n".join(lines), pictures
